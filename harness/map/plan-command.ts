import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from '#core';
import type { MapIo } from './map-io.ts';
import { parseSystem } from './plan-file.ts';
import { planHtml } from './plan-html.ts';
import { planText } from './plan-text.ts';
import { planSystem } from './plan.ts';

/** Reads a system's description, writes its plan. @throws UsageError for a bad file, with its line. */
export function planCommand(
  texts: readonly string[],
  { json, html }: { readonly json: boolean; readonly html: string | undefined },
  io: MapIo,
): Promise<number> {
  const [file] = texts;
  if (file === undefined) throw new UsageError('no file was given: expected one with subscriptions and subjects');
  const plan = planSystem(parseSystem(readText(file), file));
  if (html !== undefined) writeText(html, planHtml(plan));
  io.write(json ? `${JSON.stringify(plan, undefined, 2)}\n` : planText(plan));
  return Promise.resolve(0);
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
    throw new UsageError(`plan '${file}' ${why}: expected a text file`, { cause: error });
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`'${file}' cannot be written: expected a writable file`, { cause: error });
  }
}
