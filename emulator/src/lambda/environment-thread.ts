import { parentPort, workerData } from 'node:worker_threads';
import { realClock } from '../clock.ts';
import { seededRandom } from '../random.ts';
import { createEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { isThreadData, isToThread } from './thread-messages.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './thread-messages.ts';

/** The thread of one function: its environments, on the machine's own time, driven by messages. */
function createThread(data: ThreadData, post: (message: FromThread) => void): (message: ToThread) => Promise<void> {
  const environments = new Map<number, Environment>();
  const calls = new Map<number, (answer: Answer) => void>();
  const random = seededRandom(data.seed);
  let lastCall = 0;

  function send(service: string, operation: string, input: object): Promise<unknown> {
    lastCall += 1;
    const call = lastCall;
    post({ kind: 'call', call, service, operation, input });
    return new Promise((resolve, reject) => {
      calls.set(call, (answer) => {
        if (answer.ok) resolve(answer.output);
        else reject(Object.assign(new Error(answer.message), answer.members));
      });
    });
  }

  function open(id: number, logStream: string): void {
    const files = new Map([...data.files].map(([path, content]) => [path, Buffer.from(content)]));
    environments.set(id, createEnvironment({ ...data, files, clock: realClock, random, send, logStream }));
  }

  return async (message) => {
    switch (message.kind) {
      case 'open':
        open(message.environment, message.logStream);
        break;
      case 'invoke': {
        const outcome = await environments.get(message.environment)?.invoke(message.event, message.invocation);
        if (outcome !== undefined) post({ kind: 'outcome', environment: message.environment, outcome });
        break;
      }
      case 'kill':
        environments.get(message.environment)?.kill();
        environments.delete(message.environment);
        post({ kind: 'killed', environment: message.environment });
        break;
      case 'answer':
        calls.get(message.call)?.(message.answer);
        calls.delete(message.call);
        break;
      default:
        message satisfies never;
    }
  };
}

const port = parentPort;
const data: unknown = workerData;
if (port !== null && isThreadData(data)) {
  const handle = createThread(data, (message) => port.postMessage(message));
  port.on('message', (message: unknown) => {
    if (!isToThread(message)) return;
    handle(message).catch((error: unknown) => {
      throw error;
    });
  });
}
