/** Remembers the last `max` names it was given. */
export interface Seen {
  /** `false` where the name was there already. */
  readonly add: (name: string) => boolean;
  readonly has: (name: string) => boolean;
}

/** The oldest name is forgotten first. */
export function createSeen(max: number): Seen {
  const names = new Set<string>();
  return {
    has: (name) => names.has(name),
    add: (name) => {
      if (names.has(name)) return false;
      names.add(name);
      if (names.size > max) {
        const [oldest] = names;
        if (oldest !== undefined) names.delete(oldest);
      }
      return true;
    },
  };
}
