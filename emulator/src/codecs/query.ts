import type { Member, ServiceModel, Shape } from '../model.ts';
import { isRecord, shapeOf } from './json.ts';
import { MismatchError } from './mismatch.ts';

/** `Entries.1.Id=a` as a tree: each name part a branch, the value at its end. */
export interface ParameterNode {
  value?: string;
  readonly children: Map<string, ParameterNode>;
}

const partsMax = 40;

/** Parameters as a tree; later values win. A name of more than 40 parts is cut off. */
export function parameterTree(parameters: Iterable<readonly [string, string]>): ParameterNode {
  const root: ParameterNode = { children: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split('.').slice(0, partsMax)) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** What the parameters say of a shape, in the model's own types; `undefined` where they say nothing. */
export function fromParameters(model: ServiceModel, shapeName: string, node: ParameterNode): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shape, node);
    case 'list':
      return readItems(shape.flattened ? node : node.children.get(shape.member.locationName ?? 'member')).map((item) =>
        fromParameters(model, shape.member.shape, item),
      );
    case 'map':
      return Object.fromEntries(
        readItems(shape.flattened ? node : node.children.get('entry')).flatMap((entry) => {
          const key = entry.children.get(shape.key.locationName ?? 'key')?.value;
          const value = entry.children.get(shape.value.locationName ?? 'value');
          return key === undefined || value === undefined
            ? []
            : [[key, fromParameters(model, shape.value.shape, value)] as const];
        }),
      );
    case 'string':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'boolean':
    case 'blob':
    case 'timestamp':
      return readScalar(shape, shapeName, node.value ?? '');
    default:
      return shape satisfies never;
  }
}

function readStructure(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'structure' }>,
  node: ParameterNode,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const child = node.children.get(wireName(model, name, member));
    if (child !== undefined) result[name] = fromParameters(model, member.shape, child);
  }
  return result;
}

/** A flattened list is called as its items are, where these have a name. */
export function wireName(model: ServiceModel, name: string, member: Member): string {
  const shape = shapeOf(model, member.shape);
  if (shape.type === 'list' && shape.flattened && shape.member.locationName !== undefined) {
    return shape.member.locationName;
  }
  return member.locationName ?? name;
}

/** Items by their number, whatever numbers they have. */
function readItems(node: ParameterNode | undefined): readonly ParameterNode[] {
  return [...(node?.children ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
}

function readScalar(shape: Shape, shapeName: string, text: string): unknown {
  const fail = (): never => {
    throw new MismatchError({ expected: shape.type, shape: shapeName, found: 'string', value: text });
  };
  switch (shape.type) {
    case 'integer':
    case 'long':
      return /^[+-]?\d+$/.test(text) ? Number(text) : fail();
    case 'float':
    case 'double':
      return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : fail();
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      return fail();
    case 'blob':
      return Buffer.from(text, 'base64');
    case 'timestamp': {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? fail() : date;
    }
    default:
      return text;
  }
}

/** The members of a value as XML elements, as the query protocol answers. */
export function toXml(model: ServiceModel, shapeName: string, value: unknown): string {
  const shape = shapeOf(model, shapeName);
  if (shape.type !== 'structure') return scalarText(shape, value);
  if (!isRecord(value)) return '';
  return Object.entries(shape.members)
    .filter(([name]) => value[name] !== undefined && value[name] !== null)
    .map(([name, member]) => memberXml(model, name, member, value[name]))
    .join('');
}

function memberXml(model: ServiceModel, name: string, member: Member, value: unknown): string {
  const shape = shapeOf(model, member.shape);
  const element = wireName(model, name, member);
  if (shape.type === 'list' && Array.isArray(value)) {
    const itemElement = shape.flattened ? element : (shape.member.locationName ?? 'member');
    const items = value.map((item) => tag(itemElement, toXml(model, shape.member.shape, item))).join('');
    return shape.flattened ? items : tag(element, items);
  }
  if (shape.type === 'map' && isRecord(value)) {
    const entryElement = shape.flattened ? element : 'entry';
    const entries = Object.entries(value)
      .map(([key, item]) =>
        tag(
          entryElement,
          tag(shape.key.locationName ?? 'key', escapeXml(key)) +
            tag(shape.value.locationName ?? 'value', toXml(model, shape.value.shape, item)),
        ),
      )
      .join('');
    return shape.flattened ? entries : tag(element, entries);
  }
  return tag(element, toXml(model, member.shape, value));
}

export function tag(element: string, content: string): string {
  return content === '' ? `<${element}/>` : `<${element}>${content}</${element}>`;
}

function scalarText(shape: Shape, value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (shape.type === 'list' || shape.type === 'map') return '';
  return escapeXml(String(value));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (found) => escapes[found] ?? found);
}
