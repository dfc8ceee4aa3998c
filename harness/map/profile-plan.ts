/** What a system needs in one profile. */
export interface ProfilePlan {
  readonly profile: 'exact' | 'mended' | 'design';
  readonly resources: readonly PlannedResource[];
  readonly quotas: readonly QuotaUse[];
  readonly unmappable: readonly Unmappable[];
}

export interface PlannedResource {
  readonly kind: 'rule' | 'queue' | 'topic' | 'subscription' | 'table';
  readonly name: string;
  /** Filters and subjects it is there for. */
  readonly serves: readonly string[];
  /** The rule's pattern, the subscription's filter policy. */
  readonly pattern?: unknown;
}

export interface QuotaUse {
  readonly quota: string;
  readonly used: number;
  readonly limit: number;
  readonly source: string;
}

/** A subscription or subject that the profile cannot take, and why. */
export interface Unmappable {
  readonly what: string;
  readonly why: string;
}
