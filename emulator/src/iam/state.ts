/** The roles and policies of one account; nothing is enforced by them. */
export interface IamState {
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, ManagedPolicy>;
}

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdMs: number;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  /** Inline policies by name. */
  readonly inline: Map<string, string>;
  /** ARNs of attached policies. */
  readonly attached: Set<string>;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdMs: number;
  readonly document: string;
}
