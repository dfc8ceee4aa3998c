/**
 * Limits that AWS's API models do not state. Units last; read on 2026-11-24 from the catalogue's copies of the pages.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export const sqsQuotas = Object.freeze({
  messageBytesMax: 1_048_576,
  messageBytesMin: 1024,
  messageAttributesMax: 10,
  messageAttributeNameLengthMax: 256,
  messageAttributeTypeLengthMax: 256,
  batchEntriesMax: 10,
  batchBytesMax: 1_048_576,
  batchEntryIdLengthMax: 80,
  queueNameLengthMax: 80,
  permissionLabelLengthMax: 80,
  permissionActionsMax: 7,
  groupIdLengthMax: 128,
  receiveMessagesMax: 10,
  retentionSecondsMin: 60,
  retentionSecondsMax: 1_209_600,
  dataKeyReuseSecondsMin: 60,
  dataKeyReuseSecondsMax: 86_400,
  retentionSecondsDefault: 345_600,
  visibilityTimeoutSecondsMax: 43_200,
  visibilityTimeoutSecondsDefault: 30,
  delaySecondsMax: 900,
  waitTimeSecondsMax: 20,
  inFlightMessagesMax: 120_000,
  maxReceiveCountMax: 1000,
  redriveSourceQueuesMax: 10,
  tagsMax: 50,
  deduplicationIntervalMs: 5 * 60_000,
  receiveAttemptIntervalMs: 5 * 60_000,
  recreationMs: 60_000,
  purgeIntervalMs: 60_000,
  purgeDurationMsMax: 60_000,
  /** AWS says up to 60 seconds; a running move task was recorded to notice after the third of its seconds. */
  deletionNoticeMs: 2500,
  /** A cancelled move task was recorded to go on for six of its seconds. */
  moveCancellationMs: 6500,
  attributePropagationMsMax: 60_000,
  retentionPropagationMsMax: 15 * 60_000,
  fifoCallsPerSecondMax: 300,
  listResultsMax: 1000,
  moveMessagesPerSecondMax: 500,
  moveTasksListedMax: 10,
});

/**
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html
 */
export const snsQuotas = Object.freeze({
  topicNameLengthMax: 256,
  messageBytesDefault: 262_144,
  messageBytesMin: 1024,
  messageBytesMax: 1_048_576,
  /** Of a topic whose messages may be larger than the default. */
  largeTopicSubscriptionsMax: 100,
  fifoTopicSubscriptionsMax: 100,
  messageAttributeNameBytesMax: 256,
  subjectLengthMax: 100,
  groupIdLengthMax: 128,
  batchEntriesMax: 10,
  batchEntryIdLengthMax: 80,
  deduplicationIntervalMs: 5 * 60_000,
  filterPolicyKeysMax: 5,
  filterPolicyCombinationsMax: 150,
  filterPolicyBytesMax: 256 * 1024,
  filterPoliciesPerTopicMax: 200,
  filterPolicyPropagationMsMax: 15 * 60_000,
  tagsMax: 50,
  pageItems: 100,
});

/**
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export const eventsQuotas = Object.freeze({
  busesMax: 100,
  rulesMax: 300,
  wildcardRulesMax: 30,
  targetsMax: 5,
  patternLengthMax: 2048,
  requestEntriesMax: 10,
  /** As recorded. The page has said 1 MB since 2026-01-29. */
  requestBytesMax: 256 * 1024,
  entryTimeBytes: 14,
  detailTypeLengthMax: 128,
  detailNestingMax: 1000,
  activeReplaysMax: 10,
  retryAttemptsDefault: 185,
  eventAgeMsDefault: 24 * 60 * 60_000,
  tagsMax: 50,
  pageItems: 100,
});

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const lambdaQuotas = Object.freeze({
  functionNameLengthMax: 64,
  requestBytesMax: 6_291_456,
  eventBytesMax: 1_048_576,
  /** Six MiB and what the envelope takes: recorded. */
  answerBytesMax: 6_291_556,
  zippedBytesMax: 52_428_800,
  unzippedBytesMax: 262_144_000,
  totalCodeBytesMax: 75 * 1024 ** 3,
  variablesBytesMax: 4096,
  concurrencyMax: 1000,
  unreservedConcurrencyMin: 100,
  queueBatchDefault: 10,
  /** Larger ones need a batching window; FIFO queues have none. */
  unwindowedQueueBatchMax: 10,
  streamBatchDefault: 100,
  asyncRetriesDefault: 2,
  asyncEventAgeMsDefault: 6 * 3_600_000,
  logTailBytes: 4096,
  tagsMax: 50,
  pageItems: 50,
});

/**
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const dynamodbQuotas = Object.freeze({
  tableNameLengthMin: 3,
  tableNameLengthMax: 255,
  itemBytesMax: 400 * 1024,
  nestingLevelsMax: 32,
  hashKeyBytesMax: 2048,
  rangeKeyBytesMax: 1024,
  numberDigitsMax: 38,
  numberExponentMax: 125,
  numberExponentMin: -130,
  expressionBytesMax: 4096,
  expressionOperatorsMax: 300,
  inOperandsMax: 100,
  pageBytesMax: 1024 * 1024,
  readUnitBytes: 4096,
  writeUnitBytes: 1024,
  batchGetKeysMax: 100,
  batchGetBytesMax: 16 * 1024 * 1024,
  batchWritesMax: 25,
  transactionBytesMax: 4 * 1024 * 1024,
  transactionTokenMs: 10 * 60_000,
  localIndexesMax: 5,
  globalIndexesMax: 20,
  projectedAttributesMax: 100,
  tagsMax: 50,
  tablesListedMax: 100,
  backupsListedMax: 100,
  /** How long a change of time to live may take; until then there can be no other. */
  timeToLiveChangeMs: 60 * 60_000,
  /** Items that expired longer ago are not deleted. */
  expiredAgoMsMax: 5 * 365 * 24 * 60 * 60_000,
  recoveryDaysMax: 35,
  /** The latest moment that can be restored lies this far back. */
  recoveryLagMs: 5 * 60_000,
  streamRetentionMs: 24 * 60 * 60_000,
  shardIteratorMs: 15 * 60_000,
  streamRecordsMax: 1000,
  streamBytesMax: 1024 * 1024,
  shardsListedMax: 100,
  streamsListedMax: 100,
});
