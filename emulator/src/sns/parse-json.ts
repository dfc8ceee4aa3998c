import { jsonComplaint } from '../json-complaint.ts';
import type { Refuse } from './invalid-parameter.ts';

/** The JSON document that attribute `name` holds. */
export function parseJson(text: string, name: string, refuse: Refuse): unknown {
  const complaint = jsonComplaint(text);
  if (complaint !== undefined) throw refuse(`${name}: failed to parse JSON. ${complaint}`);
  const document: unknown = JSON.parse(text);
  return document;
}
