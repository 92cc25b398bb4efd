import { InputError } from "@gen/core";
import { crc32 } from "../crc32.js";
import { headerOf, type Header } from "./header.js";

/** The parts of a PNG file that its pixels need; the bytes are borrowed. */
export interface Chunks {
  readonly header: Header;
  /** Red, green and blue of each colour. */
  readonly palette?: Uint8Array;
  /** Opacities of the palette's colours, or the one colour that is not seen. */
  readonly transparency?: Uint8Array;
  /** The compressed pixels, cut anywhere. */
  readonly compressed: readonly Uint8Array[];
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/** Reads a file's chunks and checks their lengths and checksums. Throws `InputError` naming the file. */
export function chunksOf(bytes: Uint8Array, name: string): Chunks {
  if (!signature.every((byte, i) => bytes[i] === byte))
    throw new InputError(`${name} does not begin as a PNG file; give one, or convert it.`);
  let [header, palette, transparency]: [Header?, Uint8Array?, Uint8Array?] = [];
  const compressed: Uint8Array[] = [];
  for (const { type, data } of listed(bytes, name)) {
    if (header === undefined) header = headerOf(type, data, name);
    else if (type === "PLTE") palette = data;
    else if (type === "tRNS") transparency = data;
    else if (type === "IDAT") compressed.push(data);
    // By its first letter's case a chunk says whether it may be left out.
    else if (type !== "IEND" && /^[A-Z]/.test(type))
      throw new InputError(`${name} has a part "${type}" that PNG does not know; save it anew.`);
  }
  if (header === undefined || compressed.length === 0)
    throw new InputError(`${name} holds no pixels; save it anew.`);
  return { header, ...(palette && { palette }), ...(transparency && { transparency }), compressed };
}

function* listed(
  bytes: Uint8Array,
  name: string,
): Generator<{ readonly type: string; readonly data: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = signature.length;
  for (let type = ""; type !== "IEND";) {
    const length = at + 12 <= bytes.length ? view.getUint32(at) : Infinity;
    if (length > bytes.length - at - 12)
      throw new InputError(`${name} ends after ${bytes.length} bytes, before its end; fetch it anew.`);
    const body = bytes.subarray(at + 4, at + 8 + length);
    type = String.fromCharCode(...body.subarray(0, 4));
    if (!/^[A-Za-z]{4}$/.test(type) || view.getUint32(at + 8 + length) !== crc32(body))
      throw new InputError(
        `${name} does not match its own checksum at byte ${at}: it is damaged; fetch it anew.`,
      );
    yield { type, data: body.subarray(4) };
    at += 12 + length;
  }
}
