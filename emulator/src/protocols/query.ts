import { escapeXml, fromParameters, parameterTree, tag, toXml } from '../codecs/query.ts';
import type { ParameterNode } from '../codecs/query.ts';
import { toQueryJson } from '../codecs/query-json.ts';
import { AwsError } from '../errors.ts';
import type { ServiceModel } from '../model.ts';
import type { LoadedService } from '../service.ts';
import { errorShapeOf, statusOf } from './protocol.ts';
import type { AnswerContext, Protocol, WireRequest, WireResponse } from './protocol.ts';

/** The query protocol: parameters in, XML out (or JSON, where a GET asks for it). */
export const queryProtocol: Protocol = {
  operationOf: (request) => parametersOf(request).children.get('Action')?.value,
  read: (request, service, operation) => {
    const model = modelOf(service);
    const shape = model.operations[operation]?.input;
    return shape === undefined ? {} : fromParameters(model, shape, parametersOf(request));
  },
  answer: (service, operation, output, context) => {
    const model = modelOf(service);
    const { output: shape, resultWrapper } = model.operations[operation] ?? {};
    const wrapper = resultWrapper ?? `${operation}Result`;
    if (wantsJson(context.request)) {
      const result = shape === undefined ? {} : { [wrapper]: toQueryJson(model, shape, output ?? {}) };
      return json(
        200,
        { [`${operation}Response`]: { ...result, ResponseMetadata: { RequestId: context.requestId } } },
        context,
      );
    }
    const result = shape === undefined ? '' : tag(wrapper, toXml(model, shape, output ?? {}));
    const metadata = tag('ResponseMetadata', tag('RequestId', context.requestId));
    return xml(200, `<${operation}Response${namespace(model)}>${result}${metadata}</${operation}Response>`, context);
  },
  refuse: (service, refusal, context) => {
    const error = service.definition.queryError?.(refusal) ?? refusal;
    const model = modelOf(service);
    const code = errorShapeOf(model, error.code)?.shape.error?.code ?? error.code;
    const status = service.definition.queryError === undefined ? statusOf(service, error) : error.status;
    if (code === 'UnknownOperationException') return xml(404, '<UnknownOperationException/>\n', context);
    if (wantsJson(context.request)) {
      const body = { Error: { Code: code, Message: error.message, Type: error.fault, Detail: null } };
      return json(status, { ...body, RequestId: context.requestId }, context);
    }
    const detail = [tag('Type', error.fault), tag('Code', code), tag('Message', escapeXml(error.message))];
    if (model.service === 'sqs') detail.push('<Detail/>');
    const body = `${tag('Error', detail.join(''))}${tag('RequestId', context.requestId)}`;
    return xml(status, `<ErrorResponse${namespace(model)}>${body}</ErrorResponse>`, context);
  },
  unknownOperation: ({ model }, operation) =>
    operation === undefined
      ? new AwsError('UnknownOperationException', '', { status: 404 })
      : new AwsError('InvalidAction', unknownAction(model, operation)),
};

/** The parameters of the URL and of a form's body. */
export function parametersOf(request: WireRequest): ParameterNode {
  let tree = trees.get(request);
  if (tree === undefined) {
    const fromBody = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    tree = parameterTree([
      ...new URLSearchParams(request.query),
      ...(fromBody ? new URLSearchParams(request.body.toString('utf8')) : []),
    ]);
    trees.set(request, tree);
  }
  return tree;
}

const trees = new WeakMap<WireRequest, ParameterNode>();

function unknownAction(model: ServiceModel, operation: string): string {
  return model.service === 'sqs'
    ? `The action ${operation} is not valid for this endpoint.`
    : `Could not find operation ${operation} for version ${model.apiVersion}`;
}

function modelOf(service: LoadedService): ServiceModel {
  return service.queryModel ?? service.model;
}

function namespace({ xmlNamespace }: ServiceModel): string {
  return xmlNamespace === undefined ? '' : ` xmlns="${xmlNamespace}"`;
}

function wantsJson({ method, headers }: WireRequest): boolean {
  return method === 'GET' && (headers['accept']?.includes('application/json') ?? false);
}

function xml(status: number, text: string, { requestId }: AnswerContext): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0"?>${text}`,
  };
}

function json(status: number, body: unknown, { requestId }: AnswerContext): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  };
}
