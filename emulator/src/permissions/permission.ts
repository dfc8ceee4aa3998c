/**
 * How the sentence of a permission was read: `page` word for word on the page as it stands, `api-model` word for word in
 * the documentation of AWS's own API model (botocore 1.42.54), `page-2023` word for word in AWS's guide as last published
 * in source, `not-reread` our own words for what the page said, which could not be read again.
 */
export type Reading = 'page' | 'api-model' | 'page-2023' | 'not-reread';

/** Something that AWS documents itself free to do: a point at which a world with the permission chooses. */
export interface Permission {
  /** The page that says so. */
  readonly page: string;
  /** What it says. */
  readonly sentence: string;
  readonly reading: Reading;
  /** How often a seeded world that has the permission does not take the friendly way, in [0, 1]. */
  readonly rate: number;
}

/**
 * An entry of the catalogue that is no choice: `always` holds in every world, friendly or not, since AWS states it as a
 * rule; `not-modelled` never happens here.
 */
export interface NotChosen {
  readonly kind: 'always' | 'not-modelled';
  readonly why: string;
}
