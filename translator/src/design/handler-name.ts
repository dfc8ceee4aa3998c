/** The function that answers requests to a subject: `agent.nlp-001.cmd.status` is for `agent-nlp-001-handler`. */
export function handlerName(prefix: string, subject: string): string {
  const [root = 'unknown', id = 'unknown'] = subject.split('.');
  return `${prefix}${root}-${id}-handler`;
}
