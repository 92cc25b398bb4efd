import { InputError } from "@gen/core";

/** How bytes may write text; GB18030 includes GBK and GB 2312. */
export type TextEncoding = "utf-8" | "gb18030";

const marks = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

const names = { "utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", gb18030: "GB18030" } as const;

/**
 * Decodes text: as its byte order mark says, else as is declared, else as UTF-8, or as GB18030 where the bytes are
 * mostly common Chinese characters. Throws `InputError` naming the file and the first wrong byte.
 */
export function decoded(bytes: Uint8Array, name: string, declared?: TextEncoding): string {
  const marked = marks.find((mark) => mark.bytes.every((byte, i) => bytes[i] === byte))?.encoding;
  const encoding = marked ?? declared ?? "utf-8";
  const text = decode(bytes, encoding);
  if (text !== undefined) return text;
  const guess = marked === undefined && declared === undefined && looksChinese(bytes);
  const other = guess ? decode(bytes, "gb18030") : undefined;
  if (other !== undefined) return other;
  const at = firstWrong(bytes, encoding);
  const where = at === bytes.length ? "at its end, within a character" : `at byte ${at}`;
  const elsewhere = declared === "gb18030" ? "" : ", or say ?encoding=gb18030 if it is Chinese text in GBK";
  throw new InputError(`${name} is not ${names[encoding]} text ${where}; save it as UTF-8${elsewhere}.`);
}

function decode(bytes: Uint8Array, encoding: keyof typeof names): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Whether at least half of the characters beyond ASCII are punctuation or common ones of GB 2312 (rows 1 to 9 and 16
 * to 55): other encodings of one byte a letter have few bytes beyond ASCII side by side.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let [common, all] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    all++;
    const trail = bytes[++i] ?? 0;
    if (trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xd7))) common++;
  }
  return 2 * common >= all;
}

/** The 0-based offset of the byte that can't continue the text; the length when the text ends within a character. */
function firstWrong(bytes: Uint8Array, encoding: string): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (middle <= bytes.length && begins(bytes.subarray(0, middle), encoding)) good = middle;
    else bad = middle;
  }
  return good;
}

function begins(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
