/**
 * Valid JSON without white space between its tokens and with the escapes that are needed; numbers keep their digits and
 * members their order.
 */
export function compactJson(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => {
    if (string === undefined) return '';
    return string.includes('\\') ? JSON.stringify(JSON.parse(string)) : string;
  });
}
