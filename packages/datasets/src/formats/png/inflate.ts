import { InputError } from "@gen/core";
import { Unzlib } from "fflate";

/** Packed bytes handed on at once, so that the limit is noticed early: deflate unpacks to 1032 times as many at most. */
const piece = 2 ** 14;

/** Unpacks zlib data that must give so many bytes. Throws `InputError` naming the file, before there are many more. */
export function inflate(parts: readonly Uint8Array[], size: number, name: string): Uint8Array {
  const out = new Uint8Array(size);
  let total = 0;
  const stream = new Unzlib((chunk) => {
    if (total + chunk.length > size)
      throw new InputError(`${name} holds more than the ${size} bytes of its pixels; save it anew.`);
    out.set(chunk, total);
    total += chunk.length;
  });
  try {
    for (const part of parts)
      for (let at = 0; at < part.length; at += piece) stream.push(part.subarray(at, at + piece));
    stream.push(new Uint8Array(), true);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${name}: its pixels can't be unpacked (${reason}); fetch it anew.`, {
      cause: error,
    });
  }
  if (total === size) return out;
  throw new InputError(`${name} holds ${total} of the ${size} bytes of its pixels; fetch it anew.`);
}
