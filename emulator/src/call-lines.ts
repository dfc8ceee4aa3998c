import type { Choices, NamedChoices } from './choices.ts';
import type { PermissionId } from './permissions/index.ts';

/** What any call is asked. */
const points = [
  'NET-slow-request',
  'NET-slow-answer',
  'FAULT-throttling',
  'FAULT-internal',
  'FAULT-lost-answer',
] as const satisfies readonly PermissionId[];

/** The places of the points. */
export const asked = { slowRequest: 0, slowAnswer: 1, throttling: 2, internal: 3, lostAnswer: 4 } as const;

/** The calls of one operation that name one resource. */
export interface CallLine {
  readonly name: string;
  /** How many there were. */
  count: number;
  /** Of a point of `asked`. */
  readonly choose: NamedChoices;
}

/** The line of an operation, `sqs.SendMessage`, and of the text by which its input names the resource. */
export type CallLines = (operation: string, resource: string) => CallLine;

export function createCallLines(choices: Choices): CallLines {
  const named = choices.together(points);
  const byName = new Map<string, CallLine>();
  const byOperation = new Map<string, Map<string, CallLine>>();

  function lineOf(name: string): CallLine {
    let line = byName.get(name);
    if (line === undefined) {
      line = { name, count: 0, choose: named(name) };
      byName.set(name, line);
    }
    return line;
  }

  return (operation, resource) => {
    let byResource = byOperation.get(operation);
    if (byResource === undefined) {
      byResource = new Map();
      byOperation.set(operation, byResource);
    }
    let line = byResource.get(resource);
    if (line === undefined) {
      line = lineOf(`${operation}/${nameOf(resource)}`);
      byResource.set(resource, line);
    }
    return line;
  };
}

/** A queue's URL without its site, which differs between doors. */
function nameOf(resource: string): string {
  return resource.replace(/^https?:\/\/[^/]*/, '').slice(0, 200);
}
