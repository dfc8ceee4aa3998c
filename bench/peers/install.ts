import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder, peerVersions } from './cache.ts';

/**
 * Installs the peers with the registries' own clients: npm, pip, Maven. One that cannot be had is named and left out; the
 * bench then leaves out its column. LocalStack is an image and is only looked for.
 */
export function installPeers(): void {
  mkdirSync(peersFolder, { recursive: true });
  attempt('fauxqs, dynalite', () => {
    writeFileSync(join(peersFolder, 'package.json'), '{"private":true}\n');
    run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `fauxqs@${peerVersions.fauxqs}`,
      `dynalite@${peerVersions.dynalite}`,
    ]);
  });
  attempt('moto, MiniStack', () => {
    run('python3', ['-m', 'venv', 'venv']);
    run('venv/bin/pip', [
      'install',
      '--quiet',
      `moto[server]==${peerVersions.moto}`,
      `ministack==${peerVersions.ministack}`,
    ]);
  });
  attempt('DynamoDB Local', () => {
    writeFileSync(join(peersFolder, 'pom.xml'), pom);
    run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars']);
  });
  attempt('LocalStack', () => run('docker', ['image', 'inspect', `localstack/localstack:${peerVersions.localStack}`]));
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bench</groupId>
  <artifactId>peers</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.dynamodb</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>${peerVersions.dynamoDbLocal}</version>
    </dependency>
  </dependencies>
</project>
`;

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] });
}

function attempt(name: string, install: () => void): void {
  try {
    install();
    console.log(`${name}: there`);
  } catch (error) {
    console.log(`${name}: cannot be had here: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`);
  }
}
