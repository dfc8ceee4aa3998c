import type { Message as SqsMessage, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Message } from '../connection.ts';
import { asciiJson, headersOf, parseObject, recordOf } from '../json.ts';
import type { Fixes } from './fixes.ts';
import { mappingOf, workOf } from './mapping.ts';
import type { DesignOptions } from './options.ts';

/** Says that a work body is base64; it may not be empty. */
const base64Mark = 'base64:';

/** With a mapping of the user's, whose detail may have any other field, what is no part of the subject goes here. */
const carriedKey = '_message';

/** A message with an id of its publisher's, where that is mended. */
export interface Outgoing extends Message {
  readonly id?: string;
  /** Of an event that asks only whether a rule acts: which subscription asks. */
  readonly probe?: string;
}

/** A message with the ids by which it may be known again. */
export interface Incoming extends Message {
  readonly id?: string;
  readonly eventId?: string;
  readonly probe?: string;
}

/** A work message: lossy text and the attribute `TaskType`, and what the fixes add. */
export function workMessage(
  { subject, payload, headers, reply, id }: Outgoing,
  fixes: Fixes,
): { readonly body: string; readonly attributes: Record<string, MessageAttributeValue> } {
  const attributes: Record<string, MessageAttributeValue> = { TaskType: text(workOf(subject).taskType) };
  if (fixes.has('subject')) attributes['Subject'] = text(asciiJson(subject));
  if (fixes.has('headers')) attributes['Headers'] = text(asciiJson(headers));
  if (fixes.has('headers') && reply !== undefined) attributes['Reply'] = text(asciiJson(reply));
  if (id !== undefined) attributes['Id'] = text(asciiJson(id));
  return { body: fixes.has('bytes') ? `${base64Mark}${base64(payload)}` : lossyText(payload), attributes };
}

/** The message that a work body was made from; the attributes are there only where they were asked for. */
export function readWork({ Body = '', MessageAttributes }: SqsMessage, queueKey: string): Incoming {
  const attribute = (name: string): unknown => parsed(MessageAttributes?.[name]?.StringValue);
  const subject = attribute('Subject');
  const reply = attribute('Reply');
  const id = attribute('Id');
  return {
    subject: typeof subject === 'string' ? subject : `work.${queueKey.replace('-', '.')}`,
    payload: Body.startsWith(base64Mark)
      ? Buffer.from(Body.slice(base64Mark.length), 'base64')
      : Buffer.from(Body, 'utf8'),
    headers: headersOf(attribute('Headers')),
    ...(typeof reply === 'string' && { reply }),
    ...(typeof id === 'string' && { id }),
  };
}

/** The detail of an event; of a broadcast it is the payload itself, unless bytes are kept. */
export function eventDetail(
  { subject, payload, headers, reply, id, probe }: Outgoing,
  { fixes, mapping, clock }: DesignOptions,
): string {
  const { source, detail } = mappingOf(fixes, mapping).encode(subject);
  if (source === 'mistersmith.broadcast' && !fixes.has('bytes')) return jsonOf(payload);
  const carried = {
    payload: base64(payload),
    timestamp: new Date(clock.epochMs()).toISOString(),
    ...(fixes.has('headers') && { headers, reply }),
    ...(id !== undefined && { id }),
    ...(probe !== undefined && { probe }),
  };
  return JSON.stringify(mapping === undefined ? { ...detail, ...carried } : { ...detail, [carriedKey]: carried });
}

/** The message that an event was made from, and the id that EventBridge gave the event. */
export function readEvent({ Body = '' }: SqsMessage, { fixes, mapping }: DesignOptions): Incoming {
  const { id: eventId, source, 'detail-type': detailType, detail: content } = parseObject(Body) ?? {};
  const { [carriedKey]: carried, ...detail } = recordOf(content) ?? {};
  const { payload, headers, reply, id, probe } = mapping === undefined ? detail : (recordOf(carried) ?? {});
  const isRaw = source === 'mistersmith.broadcast' && !fixes.has('bytes');
  const entry = {
    source: typeof source === 'string' ? source : '',
    detailType: typeof detailType === 'string' ? detailType : '',
    detail,
  };
  return {
    ...(typeof eventId === 'string' && { eventId }),
    ...(fixes.has('message-id') && typeof id === 'string' && { id }),
    ...(fixes.has('rule-acts') && !isRaw && typeof probe === 'string' && { probe }),
    subject: mappingOf(fixes, mapping).decode(entry),
    payload:
      isRaw || typeof payload !== 'string'
        ? Buffer.from(JSON.stringify(content) ?? '', 'utf8')
        : Buffer.from(payload, 'base64'),
    headers: fixes.has('headers') ? headersOf(headers) : [],
    ...(fixes.has('headers') && typeof reply === 'string' && { reply }),
  };
}

/** As `String::from_utf8_lossy`: what is no UTF-8 becomes U+FFFD. */
export function lossyText(payload: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
}

export function base64(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64');
}

/** As `json!(config_data).to_string()`: JSON stays what it is, any other text becomes a JSON string. */
function jsonOf(payload: Uint8Array): string {
  const content = lossyText(payload);
  return JSON.stringify(parsed(content) ?? content);
}

function parsed(content: string | undefined): unknown {
  try {
    return content === undefined ? undefined : JSON.parse(content);
  } catch {
    return undefined;
  }
}

function text(StringValue: string): MessageAttributeValue {
  return { DataType: 'String', StringValue };
}
