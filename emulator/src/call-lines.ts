import type { Choices, NamedChoices } from './choices.ts';

/** The calls of one operation that name one resource. */
export interface CallLine {
  readonly name: string;
  /** How many there were. */
  count: number;
  /** As `choose`, of the key `name#ordinal`. */
  readonly choose: NamedChoices;
}

/** The line of an operation, `sqs.SendMessage`, and of the text by which its input names the resource. */
export type CallLines = (operation: string, resource: string) => CallLine;

export function createCallLines(choices: Choices): CallLines {
  const byName = new Map<string, CallLine>();
  const byOperation = new Map<string, Map<string, CallLine>>();

  function lineOf(name: string): CallLine {
    let line = byName.get(name);
    if (line === undefined) {
      line = { name, count: 0, choose: choices.named(name) };
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
