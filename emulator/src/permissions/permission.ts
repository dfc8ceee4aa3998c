/** Something that AWS documents itself free to do: a point at which a world with the permission chooses. */
export interface Permission {
  /** The page that says so. */
  readonly page: string;
  /** What it says. */
  readonly sentence: string;
  /** How often a seeded world that has the permission does not take the friendly way, in [0, 1]. */
  readonly rate: number;
}
