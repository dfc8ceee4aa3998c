import { shapeOf } from './codecs/json.ts';
import type { Bounds, ServiceModel, StringShape } from './model.ts';

/** The least input that the model takes: what is required, each as short and as small as may be. */
export function leastInput(model: ServiceModel, shapeName: string): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure': {
      const names = shape.union === true ? Object.keys(shape.members).slice(0, 1) : (shape.required ?? []);
      return Object.fromEntries(names.map((name) => [name, leastInput(model, shape.members[name]?.shape ?? '')]));
    }
    case 'list':
      return Array.from({ length: shape.min ?? 0 }, () => leastInput(model, shape.member.shape));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: shape.min ?? 0 }, () => [
          leastInput(model, shape.key.shape),
          leastInput(model, shape.value.shape),
        ]),
      );
    case 'string':
      return leastString(shape);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return shape.min ?? 0;
    case 'boolean':
      return false;
    case 'blob':
      return new Uint8Array(lengthOf(shape));
    case 'timestamp':
      return new Date(0);
    default:
      return shape satisfies never;
  }
}

/** Texts of the forms that the models' patterns ask for. */
const forms = [
  'arn:aws:iam::000000000000:role/r',
  'arn:aws:lambda:us-east-1:000000000000:function:f',
  'arn:aws:lambda:us-east-1:000000000000:layer:l:1',
  'arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdefg',
  'arn:aws:sqs:us-east-1:000000000000:q',
  'arn:aws:events:us-east-1:000000000000:event-bus/b',
  'arn:aws:events:us-east-1:000000000000:archive/a',
  'aws.partner/a/b/c',
  '00000000-0000-0000-0000-000000000000',
  '000000000000',
  'lambda:InvokeFunction',
  '2020-05-31',
];

function leastString({ enum: [first] = [], pattern, min, max = Infinity }: StringShape): string {
  if (first !== undefined) return first;
  const candidates = ['a'.repeat(lengthOf({ ...(min !== undefined && { min }) })), '1', '$LATEST', ...forms];
  const form = pattern === undefined ? /(?:)/ : new RegExp(`^(?:${pattern})$`);
  const found = candidates.find((text) => form.test(text) && text.length >= (min ?? 0) && text.length <= max);
  if (found === undefined) throw new Error(`no text at hand matches '${pattern}'`);
  return found;
}

function lengthOf({ min = 1 }: Bounds): number {
  return Math.max(min, 1);
}
