import type { ServiceModel } from '../model.ts';
import { isRecord, shapeOf, toJson } from './json.ts';

/**
 * A value in the JSON that query services give a GET which asks for it: maps are lists of named pairs, lists are called
 * with a small first letter. No page describes it; SQS was recorded to answer so.
 */
export function toQueryJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  if (shape.type === 'structure' && isRecord(value)) {
    const members = Object.entries(shape.members).flatMap(([name, member]) => {
      const item = value[name];
      if (item === undefined || item === null) return [];
      const isList = shapeOf(model, member.shape).type === 'list';
      return [[isList ? name.charAt(0).toLowerCase() + name.slice(1) : name, toQueryJson(model, member.shape, item)]];
    });
    return Object.fromEntries(members);
  }
  if (shape.type === 'list' && Array.isArray(value)) {
    return value.map((item) => toQueryJson(model, shape.member.shape, item));
  }
  if (shape.type === 'map' && isRecord(value)) {
    return Object.entries(value).map(([key, item]) => ({
      [shape.key.locationName ?? 'key']: key,
      [shape.value.locationName ?? 'value']: toQueryJson(model, shape.value.shape, item),
    }));
  }
  return toJson(model, shapeName, value);
}
