import { InputError } from "@gen/core";
import { Gunzip } from "fflate";
import { crc32 } from "./crc32.js";

/** What a file may unpack to: guards against files made to fill the memory. */
const most = 128 * 2 ** 20;

/** Packed bytes handed on at once, so that the limit is noticed early: deflate unpacks to 1032 times as many at most. */
const piece = 2 ** 14;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacks a gzip file if it is one, and checks its length and checksum. Throws `InputError` naming the file. */
export function gunzip(bytes: Uint8Array, name: string): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  if (bytes.length < 18)
    throw new InputError(`${name} ends after ${bytes.length} bytes, within its gzip header; fetch it anew.`);
  const out = unpack(bytes, name);
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  if (trailer.getUint32(4, true) !== out.length || trailer.getUint32(0, true) !== crc32(out))
    throw new InputError(`${name} does not match its own gzip checksum: it is damaged; fetch it anew.`);
  return out;
}

function unpack(bytes: Uint8Array, name: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Gunzip((chunk) => {
    total += chunk.length;
    if (total > most)
      throw new InputError(
        `${name} unpacks to more than ${most / 2 ** 20} MiB; unpack it yourself and give the unpacked file.`,
      );
    chunks.push(chunk);
  });
  try {
    for (let at = 0; at < bytes.length; at += piece)
      stream.push(bytes.subarray(at, at + piece), at + piece >= bytes.length);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${name} can't be unpacked as gzip (${reason}); fetch it anew.`, { cause: error });
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
