/**
 * The number that a JSON number's text stands for, if comparing it as an IEEE double loses nothing; else `undefined`,
 * and it can be compared as text only.
 *
 * @see https://github.com/aws/event-ruler (precision of numeric matching); AWS's page promises less: -5.0e9 to 5.0e9
 * with 15 significant digits, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function comparableNumber(text: string): number | undefined {
  const value = Number(text);
  // Fifteen digits always survive: no need to look closer.
  if (text.length <= 15 && !text.includes('e') && !text.includes('E')) return value;
  if (!Number.isFinite(value)) return undefined;
  return canonical(text) === canonical(String(value)) ? value : undefined;
}

/** `-12.50e3` as sign, digits without zeros at either end, and the power of ten of the last digit. */
function canonical(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
