/**
 * Limits that AWS's API models do not state. Units last; read on 2026-11-24 from the catalogue's copies of the pages.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html
 */
export const sqsQuotas = Object.freeze({
  messageBytesMax: 1_048_576,
  messageBytesMin: 1024,
  messageAttributesMax: 10,
  batchEntriesMax: 10,
  batchBytesMax: 1_048_576,
  batchEntryIdLengthMax: 80,
  queueNameLengthMax: 80,
  groupIdLengthMax: 128,
  receiveMessagesMax: 10,
  retentionSecondsMax: 1_209_600,
  retentionSecondsDefault: 345_600,
  visibilityTimeoutSecondsMax: 43_200,
  visibilityTimeoutSecondsDefault: 30,
  delaySecondsMax: 900,
  waitTimeSecondsMax: 20,
  inFlightMessagesMax: 120_000,
  maxReceiveCountMax: 1000,
  tagsMax: 50,
  deduplicationIntervalMs: 5 * 60_000,
  receiveAttemptIntervalMs: 5 * 60_000,
  purgeIntervalMs: 60_000,
  purgeDurationMsMax: 60_000,
  /** AWS says up to 60 seconds; a running move task was recorded to notice after the third of its seconds. */
  deletionNoticeMs: 2500,
  attributePropagationMsMax: 60_000,
  retentionPropagationMsMax: 15 * 60_000,
  fifoCallsPerSecondMax: 300,
  listResultsMax: 1000,
  moveMessagesPerSecondMax: 500,
  moveTasksListedMax: 10,
});
