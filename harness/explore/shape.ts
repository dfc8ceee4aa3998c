/** An object with these members and no other. */
export function shapeOf(shape: Readonly<Record<string, (value: unknown) => boolean>>) {
  return (value: unknown): boolean =>
    isRecord(value) &&
    Object.entries(shape).every(([name, isValid]) => isValid(value[name])) &&
    Object.keys(value).every((name) => Object.hasOwn(shape, name));
}

/** A list of such items. */
export function listOf(isItem: (value: unknown) => boolean, { least = 0 } = {}) {
  return (value: unknown): boolean =>
    Array.isArray(value) && value.length >= least && value.every((item) => isItem(item));
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

export function isText(value: unknown): value is string {
  return isString(value) && value !== '';
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
