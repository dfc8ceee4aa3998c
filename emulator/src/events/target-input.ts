import type { InputTransformer, Target } from './generated/shapes.ts';
import { isoSeconds } from './event.ts';
import type { BusEvent } from './event.ts';
import { followJsonPath } from './json-path.ts';

/** What a delivery is made of. */
export interface Occasion {
  readonly event: BusEvent;
  readonly rule: { readonly name: string; readonly arn: string };
  /** The event as rules match it. */
  readonly json: string;
  /** When the bus took it. */
  readonly ingestedMs: number;
}

/** What a target is sent; `undefined` where its template makes something that is no JSON, which is never delivered. */
export function targetInput(target: Target, occasion: Occasion): string | undefined {
  if (target.Input !== undefined) return target.Input;
  const { json } = occasion;
  if (target.InputPath !== undefined) {
    if (target.InputPath === '$') return json;
    const found = followJsonPath(target.InputPath, JSON.parse(json));
    return found === undefined ? 'null' : JSON.stringify(found);
  }
  return target.InputTransformer === undefined ? json : transform(target.InputTransformer, occasion);
}

const placeholder = /<([^<>\s]+)>/g;

/** Names in the template that neither its paths nor AWS define. */
export function unknownPlaceholders({ InputPathsMap, InputTemplate }: InputTransformer): readonly string[] {
  return [...InputTemplate.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('aws.') && !Object.hasOwn(InputPathsMap ?? {}, name));
}

/**
 * A template that is an object gets values as JSON, and in its strings as text; one that is a string gets everything as
 * text, JSON without its quotes. Recorded, as is that a missing value is empty.
 */
function transform(transformer: InputTransformer, occasion: Occasion): string | undefined {
  const template = transformer.InputTemplate;
  const root: unknown = JSON.parse(occasion.json);
  const isObject = /^\s*[{[]/.test(template);
  let filled = '';
  let from = 0;
  let quoted = false;
  for (const match of template.matchAll(placeholder)) {
    const before = template.slice(from, match.index);
    quoted = isInString(before, quoted);
    const value = valueOf(match[1] ?? '', transformer, occasion, root);
    filled += before + render(value, quoted, isObject);
    from = match.index + match[0].length;
  }
  filled += template.slice(from);
  return isObject && !isJson(filled) ? undefined : filled;
}

function valueOf(
  name: string,
  { InputPathsMap = {} }: InputTransformer,
  { event, rule, json, ingestedMs }: Occasion,
  root: unknown,
): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return rule.arn;
    case 'aws.events.rule-name':
      return rule.name;
    case 'aws.events.event.ingestion-time':
      return isoSeconds(ingestedMs);
    case 'aws.events.event.json':
      return JSON.parse(json);
    case 'aws.events.event':
      return {
        id: event.id,
        account: event.accountId,
        detailType: event.detailType,
        time: event.time,
        source: event.source,
        region: event.region,
        resources: event.resources,
        version: '0',
      };
    default: {
      const path = Object.hasOwn(InputPathsMap, name) ? InputPathsMap[name] : undefined;
      return path === undefined ? undefined : followJsonPath(path, root);
    }
  }
}

function render(value: unknown, quoted: boolean, isObject: boolean): string {
  if (value === undefined) return quoted ? '' : '""';
  if (!quoted) return JSON.stringify(value);
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  const json = JSON.stringify(value);
  return isObject ? json : json.replaceAll('"', '');
}

/** Are we inside a string behind `text`, being so before it or not? */
function isInString(text: string, before: boolean): boolean {
  const quotes = text.replaceAll(/\\./g, '').split('"').length - 1;
  return quotes % 2 === 0 ? before : !before;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
