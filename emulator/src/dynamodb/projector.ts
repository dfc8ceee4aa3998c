import { parseProjection } from './expressions/projection.ts';
import type { Placeholders } from './expressions/placeholders.ts';
import type { Path } from './expressions/syntax.ts';
import { invalidParameter } from './invalid.ts';

export interface ProjectionRequest {
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
}

/** The paths a read asks for; undefined for all. Throws ValidationException on a malformed projection. */
export function projectionPaths(request: ProjectionRequest, names: Placeholders): readonly Path[] | undefined {
  if (request.ProjectionExpression !== undefined) return parseProjection(request.ProjectionExpression, names);
  const attributes = request.AttributesToGet;
  if (attributes === undefined) return undefined;
  const [duplicate] = attributes.filter((name, index) => attributes.indexOf(name) !== index);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate value in attribute name: ${duplicate}`);
  return attributes.map((name): Path => [name]);
}
