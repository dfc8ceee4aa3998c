import type { Attributes } from '../attribute-value.ts';
import type { Condition, Path, Update } from '../expressions/syntax.ts';

/** A statement of PartiQL as DynamoDB takes it, parameters put in. */
export type Statement = Select | Insert | UpdateStatement | Delete | Exists;

export interface Select {
  readonly kind: 'select';
  readonly table: string;
  readonly index: string | undefined;
  /** Undefined for `*`. */
  readonly columns: readonly Column[] | undefined;
  readonly where: Condition | undefined;
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
}

export interface Column {
  readonly path: Path;
  readonly name: string;
}

export interface Insert {
  readonly kind: 'insert';
  readonly table: string;
  readonly item: Attributes;
}

export interface UpdateStatement {
  readonly kind: 'update';
  readonly table: string;
  readonly update: Update;
  readonly where: Condition;
  readonly returning: Returning | undefined;
}

export interface Delete {
  readonly kind: 'delete';
  readonly table: string;
  readonly where: Condition;
  readonly returning: Returning | undefined;
}

/** Of a transaction: a condition alone. */
export interface Exists {
  readonly kind: 'exists';
  readonly select: Select;
}

/** As ReturnValues names them. */
export type Returning = 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';
