/** Of letters, digits, hyphens and underscores, and no longer than that: names of queues, labels, ids of batch entries. */
export function isPlainName(text: string, lengthMax: number): boolean {
  return /^[\w-]+$/.test(text) && text.length <= lengthMax;
}
