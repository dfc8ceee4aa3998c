import type { HandlerClock } from './handler-clock.ts';

/** One call of an AWS client inside the sandbox: service by its SigV4 name, the operation and its input. */
export type SdkSend = (service: string, operation: string, input: object) => Promise<unknown>;

/** The services that `@aws-sdk/client-…` modules stand for. */
const services: ReadonlyMap<string, string> = new Map([
  ['@aws-sdk/client-sqs', 'sqs'],
  ['@aws-sdk/client-sns', 'sns'],
  ['@aws-sdk/client-eventbridge', 'events'],
  ['@aws-sdk/client-dynamodb', 'dynamodb'],
  ['@aws-sdk/client-lambda', 'lambda'],
  ['@aws-sdk/client-sts', 'sts'],
]);

/**
 * Stands in for the AWS SDK v3 that Lambda's Node.js runtimes bring along: `new SQSClient()`, `new XyzCommand(input)` and
 * `client.send(command)`, which calls the function's own world. Errors have the service's code as their name. A copy of
 * the real SDK in the archive comes first; it needs `AWS_ENDPOINT_URL`.
 */
export function createSandboxSdk(options: {
  readonly send: SdkSend;
  readonly clock: HandlerClock;
}): (specifier: string) => object | undefined {
  const modules = new Map<string, object>();
  return (specifier) => {
    const service = services.get(specifier);
    if (service === undefined) return undefined;
    const known = modules.get(service);
    if (known !== undefined) return known;
    const module = createClientModule(service, options);
    modules.set(service, module);
    return module;
  };
}

class Command {
  readonly input: object;

  constructor(input?: object) {
    this.input = input ?? {};
  }
}

function createClientModule(
  service: string,
  { send, clock }: { readonly send: SdkSend; readonly clock: HandlerClock },
): object {
  async function call(command: Command): Promise<unknown> {
    const operation = command.constructor.name.replace(/Command$/, '');
    const done = clock.busy();
    try {
      return await send(service, operation, command.input);
    } finally {
      done();
    }
  }
  class Client {
    readonly config: object;
    readonly send = call;
    readonly destroy = () => undefined;

    constructor(config?: object) {
      this.config = config ?? {};
    }
  }
  const exports = new Map<string, unknown>();
  return new Proxy(Object.create(null), {
    get(_, name) {
      if (typeof name !== 'string') return undefined;
      if (name.endsWith('Client')) return Client;
      if (!name.endsWith('Command')) return undefined;
      const known = exports.get(name);
      if (known !== undefined) return known;
      const made = class extends Command {};
      Object.defineProperty(made, 'name', { value: name });
      exports.set(name, made);
      return made;
    },
  });
}
