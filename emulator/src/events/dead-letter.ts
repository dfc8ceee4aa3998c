import type { DeliveryAttribute, DeliveryResult, World } from '../service.ts';
import type { Target } from './generated/shapes.ts';
import type { Occasion } from './target-input.ts';

/** Why a delivery was given up. */
export interface Defeat {
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
  readonly retries: number;
  readonly failure: Extract<DeliveryResult, { ok: false }>;
}

/**
 * Sends the event to the target's dead-letter queue with attributes that say why; without a queue it is gone, and so it
 * is if the queue does not take it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export async function deadLetter(
  { deliver }: World,
  target: Target,
  { json, rule }: Occasion,
  { exhausted, retries, failure }: Defeat,
): Promise<void> {
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  await deliver({
    targetArn: queueArn,
    sourceArn: rule.arn,
    principal: 'events.amazonaws.com',
    body: json,
    attributes: {
      RULE_ARN: text(rule.arn),
      TARGET_ARN: text(target.Arn),
      ERROR_CODE: text(errorCode(failure.code)),
      ERROR_MESSAGE: text(failure.message),
      ...(exhausted && { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
      ...(retries > 0 && { RETRY_ATTEMPTS: { dataType: 'Number', stringValue: String(retries) } }),
    },
  });
}

function text(value: string): DeliveryAttribute {
  return { dataType: 'String', stringValue: value };
}

/** The page's own words for what went wrong; what it does not name is an error from the target. */
function errorCode(code: string): string {
  if (/^[A-Z_]+$/.test(code)) return code;
  if (/NotFound|NonExistent|DoesNotExist/.test(code)) return 'NO_RESOURCE';
  if (/AccessDenied|NotAuthorized|AuthorizationError/.test(code)) return 'NO_PERMISSIONS';
  if (/Throttl|TooManyRequests|LimitExceeded/.test(code)) return 'THROTTLING';
  if (/Invalid|Missing|Validation/.test(code)) return 'INVALID_PARAMETER';
  return 'ERROR_FROM_TARGET';
}
