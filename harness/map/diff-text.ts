import { visible } from '../report/visible.ts';
import type { MappingDifference } from './diff.ts';

const shownOfAKind = 4;

/** Differences by their kind, the shortest of each; `left` and `right` are the mappings' names. */
export function differencesText(
  differences: readonly MappingDifference[],
  { left, right }: { readonly left: string; readonly right: string },
): string {
  const kinds = Map.groupBy(differences, kindOf);
  const lines = [...kinds].flatMap(([, own]) => {
    const rest = own.length - shownOfAKind;
    const shown = own.slice(0, shownOfAKind).map((one) => {
      const filter = one.filter === undefined ? '' : `filter ${one.filter}`;
      const about = [one.subject ?? '', filter].filter((text) => text !== '').join(', ');
      return visible(`${about}: ${left} ${one.left}; ${right} ${one.right}`);
    });
    return rest > 0 ? [...shown, `  … and ${rest} more like these (--json has all)`] : shown;
  });
  return `${lines.join('\n')}\n`;
}

/** What it is about and how each side begins: `subject: arrives, is refused`. */
function kindOf({ about, left, right }: MappingDifference): string {
  const word = (text: string): string => text.split(/ as|:/)[0] ?? text;
  return `${about}: ${word(left)}, ${word(right)}`;
}
