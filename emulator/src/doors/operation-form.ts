import { copierOf } from '../codecs/copy.ts';
import type { Copier } from '../codecs/copy.ts';
import { shapeOf } from '../codecs/json.ts';
import type { LoadedOperation, LoadedService } from '../service.ts';

/** What the third door needs to know of an operation's model. */
export interface OperationForm {
  readonly copyInput: Copier;
  readonly copyOutput: Copier;
  /** Members that the SDK fills where the caller does not. */
  readonly tokenNames: readonly string[];
  /** Of an answer that names none. */
  readonly status: number;
  /** The member of the answer that is its status. */
  readonly statusName: string | undefined;
  /** The member of the answer that is its whole body. */
  readonly payloadName: string | undefined;
}

const forms = new WeakMap<LoadedOperation, OperationForm>();

export function formOf(service: LoadedService, operation: LoadedOperation): OperationForm {
  let form = forms.get(operation);
  if (form === undefined) {
    form = readForm(service, operation);
    forms.set(operation, form);
  }
  return form;
}

function readForm({ model }: LoadedService, { model: { input, output, http } }: LoadedOperation): OperationForm {
  const shape = output === undefined ? undefined : shapeOf(model, output);
  const answer = shape?.type === 'structure' ? shape : undefined;
  const asked = input === undefined ? undefined : shapeOf(model, input);
  return {
    copyInput: input === undefined ? () => ({}) : copierOf(model, input),
    copyOutput: output === undefined ? () => ({}) : copierOf(model, output),
    tokenNames: Object.entries(asked?.type === 'structure' ? asked.members : {}).flatMap(([name, member]) =>
      member.idempotencyToken ? [name] : [],
    ),
    status: http?.status ?? 200,
    statusName: Object.entries(answer?.members ?? {}).find(([, { location }]) => location === 'statusCode')?.[0],
    payloadName: answer?.payload,
  };
}
