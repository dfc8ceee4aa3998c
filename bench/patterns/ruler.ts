import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** aws/event-ruler in a process of its own. */
export interface Ruler extends AsyncDisposable {
  /** One line out for each line in; see RulerServer.java. */
  readonly ask: (requests: readonly (readonly string[])[]) => Promise<string[]>;
}

const run = promisify(execFile);
const source = join(import.meta.dirname, 'RulerServer.java');
const project = join(import.meta.dirname, 'pom.xml');

/** Compiles the server against the jar from Maven Central and starts it. */
export async function startRuler(): Promise<Ruler> {
  const folder = await mkdtemp(join(tmpdir(), 'ruler-'));
  const pathFile = join(folder, 'classpath');
  await run('mvn', ['-q', '-f', project, 'dependency:build-classpath', `-Dmdep.outputFile=${pathFile}`]);
  const jars = (await readFile(pathFile, 'utf8')).trim();
  await run('javac', ['-nowarn', '-cp', jars, '-d', folder, source]);
  const child = spawn('java', ['-Xmx2g', '-cp', `${jars}:${folder}`, 'RulerServer'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  return {
    async ask(requests) {
      child.stdin.write(requests.map((fields) => `${fields.join('\t')}\n`).join(''));
      const answers: string[] = [];
      for (const _ of requests) {
        const line = await lines.next();
        if (line.done === true) throw new Error('event-ruler has ended');
        answers.push(line.value);
      }
      return answers;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
