import { UnmappableError } from '../errors.ts';
import type { Fixes } from './fixes.ts';
import type { EventEntry, EventPattern, SubjectMapping } from '../mapping.ts';

/** Where the document's own choices are to be read. */
const page = 'Sub-Phase 2.3: NATS to AWS Messaging Migration, Protocol Translation Layer';

/** The closed list of the document's sample pattern. */
const lifecycleEvents = ['created', 'started', 'ready', 'heartbeat', 'stopped', 'error'];

/**
 * The document's subjects as events. `agent` is its own code; for `coord` and `broadcast` it names functions that it
 * does not have, and `coord` follows its subject grammar, `broadcast` its snippet. Keeps neither law: tokens after the
 * third are dropped, missing ones invented, and the receiver of a broadcast learns its detail type only.
 */
export const designMapping: SubjectMapping = {
  encode: (subject) => {
    const [root, first = 'unknown', second = 'unknown'] = subject.split('.');
    switch (root) {
      case 'agent':
        return {
          source: 'mistersmith.agent',
          detailType: 'AgentLifecycle',
          detail: { agentId: first, event: second },
        };
      case 'coord':
        return {
          source: 'mistersmith.coord',
          detailType: 'CoordinationEvent',
          detail: { workflowId: first, stage: second },
        };
      case 'broadcast':
        return { source: 'mistersmith.broadcast', detailType: broadcastType(subject), detail: {} };
      default:
        throw unknownRoot(root ?? '');
    }
  },
  decode: ({ source, detailType, detail }) => {
    switch (source) {
      case 'mistersmith.agent':
        return `agent.${text(detail['agentId'])}.${text(detail['event'])}`;
      case 'mistersmith.coord':
        return `coord.${text(detail['workflowId'])}.${text(detail['stage'])}`;
      default:
        return `broadcast.${detailType}`;
    }
  },
  rule: (pattern) => {
    const [root, first = '*', second = '*'] = pattern.split('.');
    switch (root) {
      case 'agent':
        return {
          ...headOf('agent.unknown.unknown'),
          detail: { ...literal('agentId', first), event: isWildcard(second) ? lifecycleEvents : [second] },
        };
      case 'coord': {
        const detail = { ...literal('workflowId', first), ...literal('stage', second) };
        return { ...headOf('coord.unknown.unknown'), ...(Object.keys(detail).length > 0 && { detail }) };
      }
      case 'broadcast':
        return pattern.split('.').some(isWildcard) ? { source: ['mistersmith.broadcast'] } : headOf(pattern);
      default:
        throw unknownRoot(root ?? '');
    }
  },
};

/** The same with the whole subject in the detail, so that rules may be as coarse as their fields: the receiver filters. */
export const wholeSubjectMapping: SubjectMapping = {
  encode: (subject) => {
    const entry = designMapping.encode(subject);
    return { ...entry, detail: { ...entry.detail, subject } };
  },
  decode: (entry) => {
    const { subject } = entry.detail;
    return typeof subject === 'string' ? subject : designMapping.decode(entry);
  },
  rule: (pattern) => {
    const [root, first = '*', second = '*'] = pattern.split('.');
    if (root !== 'agent') return designMapping.rule(pattern);
    const detail = { ...literal('agentId', first), ...literal('event', second) };
    return { ...headOf('agent.unknown.unknown'), ...(Object.keys(detail).length > 0 && { detail }) };
  },
  receiverFilters: true,
};

/** How subjects travel: by the mapping that was given, else as the document says with these fixes. */
export function mappingOf(fixes: Fixes, mapping?: SubjectMapping): SubjectMapping {
  if (mapping !== undefined) return mapping;
  return fixes.has('subject') ? wholeSubjectMapping : designMapping;
}

/** The tokens that choose a work queue, and the one that travels with the message; missing ones are invented. */
export function workOf(subject: string): { readonly queueKey: string; readonly taskType: string } {
  const [, domain = 'general', priority = 'normal', taskType = 'default'] = subject.split('.');
  return { queueKey: `${domain}-${priority}`, taskType };
}

/**
 * The queues that a work subscription polls: one per domain and priority. For a wildcard in place of the priority
 * these are the two that the document makes for a domain.
 *
 * @throws UnmappableError for a wildcard in place of the domain.
 */
export function workQueueKeys(pattern: string): readonly string[] {
  const [, domain = 'general', priority = 'normal'] = pattern.split('.');
  if (isWildcard(domain)) throw new UnmappableError(domain, 'a work queue belongs to one domain', page);
  return isWildcard(priority) ? [`${domain}-normal`, `${domain}-high`] : [`${domain}-${priority}`];
}

/** The error where no queue has been made for a domain and priority. */
export function noQueueMapping(queueKey: string, options?: ErrorOptions): UnmappableError {
  return new UnmappableError(queueKey, 'no queue is mapped to this domain and priority', page, options);
}

function unknownRoot(root: string): UnmappableError {
  return new UnmappableError(root, 'only agent, work, coord and broadcast subjects are translated', page);
}

function headOf(subject: string): EventPattern {
  const { source, detailType }: EventEntry = designMapping.encode(subject);
  return { source: [source], 'detail-type': [detailType] };
}

/** As in the document: `broadcast.global.config_update` is `GlobalConfigUpdate`. */
function broadcastType(subject: string): string {
  return subject
    .split(/[._-]/)
    .slice(1)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function literal(field: string, token: string): Readonly<Record<string, readonly string[]>> {
  return isWildcard(token) ? {} : { [field]: [token] };
}

function isWildcard(token: string): boolean {
  return token === '*' || token === '>';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}
