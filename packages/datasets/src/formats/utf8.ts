import { InputError } from "@gen/core";

/** Decodes UTF-8, with or without a byte order mark. Throws `InputError` naming the file and the first wrong byte. */
export function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const at = firstWrong(bytes);
    const where = at === bytes.length ? "at its end, within a character" : `at byte ${at}`;
    throw new InputError(`${name} is not UTF-8 text ${where}; save it as UTF-8.`);
  }
}

/** The 0-based offset of the byte that can't continue the text; the length when the text ends within a character. */
function firstWrong(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (middle <= bytes.length && begins(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function begins(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
