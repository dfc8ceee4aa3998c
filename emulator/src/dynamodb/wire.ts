import type { AttributeValue } from './generated/shapes.ts';

/** An attribute value as SDKs send and expect it: exactly one member set. */
export type WireAttributeValue = AttributeValue;

export type WireAttributes = Readonly<Record<string, WireAttributeValue>>;
