/** As much of a pattern as an error repeats. */
const sourceCharsMax = 500;

/** A place in a pattern as AWS's errors give it. */
export function locate(source: string, at: number): string {
  const before = source.slice(0, Math.max(at, 0));
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const cut = source.length - sourceCharsMax;
  const shown = `(String)"${source.slice(0, sourceCharsMax)}"${cut > 0 ? `[truncated ${cut} chars]` : ''}`;
  return `[Source: ${shown}; line: ${line}, column: ${at - lineStart + 1}]`;
}
