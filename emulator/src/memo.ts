/** Ours: so many texts are kept with what was made of them. Programs use few, often. */
const KEPT_MAX = 1000;

/** `read`, done once per text as long as there are not too many of them. What it throws is thrown again each time. */
export function memo<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text);
    if (known.size >= KEPT_MAX) known.clear();
    known.set(text, made);
    return made;
  };
}
