/** Text whose size is known before anybody reads it, and that is made when somebody does. */
export interface LateText {
  readonly bytes: number;
  readonly read: () => string;
}

export type Text = string | LateText;

export function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.read();
}

/** Its length in UTF-8. */
export function bytesOf(text: Text): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : text.bytes;
}
