/** A bug of the document's code. */
export interface SeedBug {
  readonly wrong: string;
  /** The document's own line; of what is missing, the line where it would stand. */
  readonly words: string;
  /** Rows that break on it in the profile `design`. */
  readonly rows?: readonly string[];
  /** Why only a compiler of Rust shows it, or a part of it. */
  readonly compiler?: string;
}

/** The 61 bugs of the document's code: translator, work consumer, rule handler, state manager, requests, broadcast. */
export const seedBugs: Readonly<Record<string, SeedBug>> = {
  T1: {
    wrong: 'functions, types and macros are used and nowhere defined or imported',
    words: 'Some(&"coord") => self.publish_coordination_event(&parts, payload).await,',
    compiler: 'unresolved names: `publish_coordination_event`, `publish_broadcast_event`, `Error`, `json!`, …',
  },
  T2: {
    wrong: 'building an attribute may fail, and that is not handled',
    words: 'MessageAttributeValue::builder()',
    compiler: '`build()` is a `Result` from version 1.0 of the SDK on',
  },
  T3: {
    wrong: 'subjects of any other root are refused',
    words: '_ => Err(Error::UnknownSubjectPattern),',
    rows: ['PUB-017', 'SUBJ-012'],
  },
  T4: {
    wrong: 'tokens after the third or fourth are dropped',
    words: 'let event_type = parts.get(2).unwrap_or(&"unknown");',
    rows: ['SUBJ-010'],
  },
  T5: {
    wrong: 'missing tokens are invented',
    words: 'let agent_id = parts.get(1).unwrap_or(&"unknown");',
    rows: ['SUBJ-011'],
  },
  T6: {
    wrong: 'empty tokens and wildcards are published',
    words: "let parts: Vec<&str> = subject.split('.').collect();",
    rows: ['SUBJ-003'],
  },
  T7: {
    wrong: 'two pairs of domain and priority share a queue',
    words: 'let queue_key = format!("{}-{}", domain, priority);',
    rows: ['SUBJ-011'],
  },
  T8: {
    wrong: 'a domain and priority that nobody works on is an error',
    words: '.ok_or(Error::NoQueueMapping)?;',
    rows: ['QG-008'],
  },
  T9: {
    wrong: 'entries that failed under an answer 200 count as published',
    words: 'self.eventbridge',
    rows: ['PUB-016'],
  },
  T10: { wrong: 'the default bus is shared with everybody else in the account', words: '.source("mistersmith.agent")' },
  T11: { wrong: 'nothing looks at sizes or counts before AWS does', words: '"payload": base64::encode(&payload),' },
  T12: {
    wrong: 'bytes of work that are no UTF-8 are replaced',
    words: '.message_body(String::from_utf8_lossy(&payload).to_string())',
  },
  T13: {
    wrong: 'work that is empty or has control characters is refused',
    words: '.message_body(String::from_utf8_lossy(&payload).to_string())',
  },
  T14: { wrong: 'three families, three encodings', words: '.detail(json!(config_data).to_string())' },
  T15: {
    wrong: 'headers, reply subject and publisher are lost',
    words: 'pub async fn publish(&self, subject: &str, payload: Vec<u8>) -> Result<(), Error> {',
    rows: ['PUB-013', 'PUB-014'],
  },
  T16: {
    wrong: 'order is promised, and no message has a group or a deduplication id',
    words: '- FIFO queues for ordered processing',
    rows: ['PUB-003'],
  },
  T17: { wrong: 'one call a message', words: '3. **Batch Operations**: Aggregate messages before sending' },
  T18: {
    wrong: 'a broadcast that is no JSON object is refused by EventBridge',
    words: '.detail(json!(config_data).to_string())',
    rows: ['BC-001', 'BC-006'],
  },
  T19: { wrong: 'commands travel as lifecycle events', words: '.detail_type("AgentLifecycle")' },
  T20: {
    wrong: 'the time is that of the client, and nothing names the event',
    words: '"timestamp": chrono::Utc::now().to_rfc3339()',
  },
  T21: {
    wrong: 'the function has been deprecated since 2023',
    words: '"payload": base64::encode(&payload),',
    compiler: 'a lint: `base64::encode` is deprecated from 0.21 on',
  },
  W1: { wrong: 'an error of a receive ends the worker', words: '.wait_time_seconds(20)' },
  W2: {
    wrong: 'an error of a delete ends the worker, and the task is done again',
    words: '// Delete message on success',
  },
  W3: { wrong: 'ten messages, one after another, under one visibility timeout', words: '.max_number_of_messages(10)' },
  W4: {
    wrong: 'no visibility is extended, and none is given back',
    words: '// Message will become visible again after visibility timeout',
  },
  W5: { wrong: 'attributes are not asked for, so that the task type never arrives', words: '"TaskType",' },
  W6: {
    wrong: 'a message that comes twice is handled twice',
    words: 'match (self.handler)(message).await {',
    rows: ['QG-001'],
  },
  W7: {
    wrong: 'a message that cannot be handled comes until its retention ends',
    words: 'error!("Failed to process message: {}", e);',
  },
  W8: {
    wrong: 'the ticker catches up in bursts, and errors are met with no pause',
    words: 'let mut ticker = interval(Duration::from_millis(100));',
  },
  W9: { wrong: 'there is no drain', words: 'pub async fn start(&self) -> Result<(), Error> {' },
  W10: {
    wrong: 'a panic of a handler kills the worker',
    words: 'match (self.handler)(message).await {',
    compiler: 'a panic is of Rust alone; here a handler that throws is the branch `Err`',
  },
  W11: { wrong: 'each message is deleted by a call of its own', words: '.delete_message()' },
  W12: {
    wrong: 'a delete with a receipt handle that is out of date succeeds and deletes nothing',
    words: 'let receipt_handle = message.receipt_handle.clone();',
  },
  W13: {
    wrong: 'one queue a worker: a group over wildcards is impossible',
    words: 'nc.queue_subscribe("work.nlp.>", "workers-nlp", handler);',
    rows: ['QG-009'],
  },
  L1: { wrong: 'every event is read as one of an agent; others fail, three times', words: 'detail: AgentEvent,' },
  L2: {
    wrong: 'the document has no producer of coordination events, and the handler could not read one',
    words: '"CoordinationEvent" => handle_coordination(event.detail).await,',
    compiler: 'what would produce them is called and not defined',
  },
  L3: {
    wrong: 'an event of an unknown type is lost without an error',
    words: 'warn!("Unknown event type: {}", event.detail_type);',
  },
  L4: { wrong: 'created, started and stopped are subscribed to and ignored', words: '_ => Ok(()),' },
  L5: {
    wrong: 'events that come late or twice are applied blindly',
    words: '"ready" => register_agent_ready(&event.agent_id).await,',
  },
  L6: {
    wrong: 'the payload is used as base64',
    words: '"error" => handle_agent_error(&event.agent_id, &event.payload).await,',
  },
  L7: { wrong: 'id and time of the envelope are dropped', words: 'struct EventBridgeEvent {' },
  L8: {
    wrong: 'functions are undefined, called with too few arguments, and nothing runs the handler',
    words: '"heartbeat" => update_agent_state(&event.agent_id).await,',
    compiler: 'unresolved names, and a missing argument',
  },
  L9: {
    wrong: 'an error has Lambda try again after one minute and two more, with the side effects again',
    words: 'async fn function_handler(event: LambdaEvent<EventBridgeEvent>) -> Result<(), Error> {',
  },
  S1: {
    wrong: 'writes are unconditional: no create, no update, lost updates',
    words: '.put_item()',
    rows: ['KV-005', 'KV-006', 'KV-025'],
  },
  S2: { wrong: 'reads are eventually consistent', words: '.get_item()', rows: ['KV-004'] },
  S3: {
    wrong: 'the expiry is not looked at, and deletion comes days late',
    words: '(chrono::Utc::now().timestamp() + 300).to_string() // 5 minute TTL',
    rows: ['KV-019'],
  },
  S4: { wrong: 'nothing enables time to live', words: 'item.insert("ttl".to_string(), AttributeValue::N(' },
  S5: {
    wrong: 'heartbeat and state are one item: each heartbeat writes all of it',
    words: 'item.insert("capabilities".to_string(), AttributeValue::L(',
  },
  S6: {
    wrong: 'the last heartbeat is free text of any clock',
    words: 'item.insert("last_heartbeat".to_string(), AttributeValue::S(state.last_heartbeat.clone()));',
  },
  S7: {
    wrong: 'a load that is no number is refused',
    words: 'item.insert("current_load".to_string(), AttributeValue::N(state.current_load.to_string()));',
  },
  S8: {
    wrong: 'no history, watch, marker, key list or revision',
    words: 'pub struct AgentStateManager {',
    rows: ['KV-008', 'KV-009', 'KV-010', 'KV-011', 'KV-012', 'KV-013', 'KV-015', 'KV-016', 'KV-017'],
  },
  S9: { wrong: 'a write that changes nothing leaves no record in the stream', words: '.set_item(Some(item))' },
  S10: {
    wrong: 'the function that reads an item is undefined, attributes of another type are not handled',
    words: 'Ok(Some(AgentState::from_dynamodb_item(item)?))',
    compiler: 'an unresolved name; what it would do with another type, the document does not say',
  },
  S11: {
    wrong: 'a state above 400 KB is refused',
    words: 'item.insert("status".to_string(), AttributeValue::S(state.status.clone()));',
    rows: ['KV-002'],
  },
  R1: { wrong: 'a request has no deadline', words: '.invocation_type(InvocationType::RequestResponse)' },
  R2: {
    wrong: 'an error of the function is taken for its reply',
    words: '// Invoke Lambda directly for synchronous replies',
    rows: ['RR-009'],
  },
  R3: { wrong: 'a request must be JSON', words: '.payload(command_payload)', rows: ['RR-008'] },
  R4: { wrong: 'each agent needs a function', words: '.function_name("agent-nlp-001-handler")', rows: ['RR-012'] },
  R5: {
    wrong: 'the SDK repeats a request, and it is executed twice',
    words: 'let response = lambda_client',
    rows: ['RR-006'],
  },
  B1: { wrong: 'broadcasts that failed under an answer 200 count as published', words: 'eventbridge_client' },
  B2: {
    wrong: 'no bus of its own, and no more than five targets a rule',
    words: '.source("mistersmith.broadcast")',
  },
};
