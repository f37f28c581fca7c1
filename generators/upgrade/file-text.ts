import { isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = '\uFEFF';

/** A text as it is merged: in LF, without a byte order mark; and how it is written, as its user has it. */
export interface FileText {
  readonly text: string;
  /** Bytes of another text with the same line ends and mark. */
  encode(text: string): Buffer;
}

/** Undefined for what is no text: bytes that are no UTF-8, or a zero among them. */
export function readText(bytes: Buffer): FileText | undefined {
  if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
  const whole = bytes.toString('utf8');
  const mark = whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const text = whole.slice(mark.length);
  // With both kinds of line ends, each belongs to its line.
  const isCrlf = /\r\n/.test(text) && !/(^|[^\r])\n/.test(text);
  if (!isCrlf) return { text, encode: (merged) => Buffer.from(mark + merged) };
  return { text: text.replaceAll('\r\n', '\n'), encode: (merged) => Buffer.from(mark + merged.replaceAll('\n', '\r\n')) };
}
