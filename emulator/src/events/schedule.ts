import { nextCronMs, parseCron } from './cron.ts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * When a schedule fires next after `fromMs`; `undefined`: never again. A rate counts from `anchorMs`, when the rule was
 * put or enabled; a cron expression is in UTC.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function nextFireMs(expression: string, anchorMs: number, fromMs: number): number | undefined {
  const everyMs = rateMs(expression);
  if (everyMs !== undefined) return anchorMs + (Math.floor((fromMs - anchorMs) / everyMs) + 1) * everyMs;
  const fields = cronFields(expression);
  const cron = fields === undefined ? undefined : parseCron(fields);
  return cron === undefined ? undefined : nextCronMs(cron, fromMs);
}

export function isSchedule(expression: string): boolean {
  if (rateMs(expression) !== undefined) return true;
  const fields = cronFields(expression);
  return fields !== undefined && parseCron(fields) !== undefined;
}

/** `rate(1 minute)`, `rate(2 hours)`: one of a unit is singular, more are plural, and nothing else will do. */
function rateMs(expression: string): number | undefined {
  const match = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (match === null) return undefined;
  const value = Number(match[1]);
  const unit = match[2] === 'minute' ? 'minute' : match[2] === 'hour' ? 'hour' : 'day';
  return value > 0 && (value === 1) === (match[3] === '') ? value * unitMs[unit] : undefined;
}

function cronFields(expression: string): string | undefined {
  return /^cron\((.*)\)$/.exec(expression)?.[1];
}
