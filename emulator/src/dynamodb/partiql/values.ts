import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { attributesFrom } from '../attribute-value.ts';
import { normalizeNumber } from '../decimal.ts';
import type { Path } from '../expressions/syntax.ts';
import type { Reader } from './lexer.ts';
import { malformed } from './lexer.ts';

/** Whether a value begins here, and not a path. */
export function atValue(reader: Reader): boolean {
  const { kind } = reader.peek();
  const keyword = ['TRUE', 'FALSE', 'NULL'].some((word) => reader.at(word));
  return (
    kind === 'string' || kind === 'number' || keyword || ['?', '{', '[', '<<', '-', '+'].some((sign) => reader.at(sign))
  );
}

/** A literal or a parameter. */
export function readValue(reader: Reader): AttributeValue {
  if (reader.take('?')) return reader.parameter();
  if (reader.take('TRUE')) return { type: 'BOOL', value: true };
  if (reader.take('FALSE')) return { type: 'BOOL', value: false };
  if (reader.take('NULL')) return { type: 'NULL', value: true };
  if (reader.at('{')) return { type: 'M', value: readMap(reader) };
  if (reader.take('[')) return { type: 'L', value: readSequence(reader, ']') };
  if (reader.take('<<')) return toSet(readSequence(reader, '>>'));
  if (reader.peek().kind === 'string') return { type: 'S', value: reader.next().text };
  const minus = reader.take('-') ? '-' : '';
  if (minus === '') reader.take('+');
  if (reader.peek().kind !== 'number') throw reader.fail('a value');
  return { type: 'N', value: normalizeNumber(minus + reader.next().text) };
}

/** `{'name': value, …}` */
export function readMap(reader: Reader): Attributes {
  reader.expect('{');
  const entries: (readonly [string, AttributeValue])[] = [];
  if (!reader.take('}')) {
    do {
      const { kind } = reader.peek();
      if (kind !== 'string' && kind !== 'name') throw reader.fail('a name in quotes');
      const name = reader.next().text;
      reader.expect(':');
      entries.push([name, readValue(reader)]);
    } while (reader.take(','));
    reader.expect('}');
  }
  return attributesFrom(entries);
}

function readSequence(reader: Reader, end: string): readonly AttributeValue[] {
  const values: AttributeValue[] = [];
  if (reader.take(end)) return values;
  do values.push(readValue(reader));
  while (reader.take(','));
  reader.expect(end);
  return values;
}

function toSet(values: readonly AttributeValue[]): AttributeValue {
  const [first] = values;
  const strings = values.flatMap((value) => (value.type === 'S' ? [value.value] : []));
  const numbers = values.flatMap((value) => (value.type === 'N' ? [value.value] : []));
  const bytes = values.flatMap((value) => (value.type === 'B' ? [value.value] : []));
  if (first === undefined) throw malformed('a set may not be empty');
  if (strings.length === values.length) return { type: 'SS', value: [...new Set(strings)] };
  if (numbers.length === values.length) return { type: 'NS', value: [...new Set(numbers)] };
  if (bytes.length === values.length) return { type: 'BS', value: bytes };
  throw malformed('the members of a set must be of one type');
}

/** `a."b"[0].c` */
export function readPath(reader: Reader): Path {
  const path: [string, ...(string | number)[]] = [readName(reader)];
  for (;;) {
    if (reader.take('.')) path.push(readName(reader));
    else if (reader.take('[')) {
      const token = reader.next();
      if (token.kind !== 'number' && token.kind !== 'string') throw reader.fail('an index');
      path.push(token.kind === 'number' ? Number(token.text) : token.text);
      reader.expect(']');
    } else return path;
  }
}

export function readName(reader: Reader): string {
  const { kind } = reader.peek();
  if (kind !== 'word' && kind !== 'name') throw reader.fail('a name');
  return reader.next().text;
}
