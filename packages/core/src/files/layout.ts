import type { NamedArray } from "../training/types.js";
import { bytesOf } from "./array-types.js";
import { crc32 } from "./checksum.js";
import { sorted, type TensorFile } from "./write-safetensors.js";

/** The metadata item `format` of a model file. */
export const format = "gen/1";

/** Where a model file keeps its arrays; a first stage has the same layout under `over/`. */
export const sections = { model: "model/", slots: "slots/", over: "over/" } as const;

/** The arrays of a section, by their names within it. */
export function section(
  tensors: ReadonlyMap<string, NamedArray>,
  prefix: string,
): ReadonlyMap<string, NamedArray> {
  const found = new Map<string, NamedArray>();
  for (const [name, array] of tensors)
    if (name.startsWith(prefix)) found.set(name.slice(prefix.length), array);
  return found;
}

/** CRC-32 of all that a file says, but for its `checksum` item: 8 hexadecimal digits. */
export function checksum({ metadata, tensors }: TensorFile): string {
  const encoder = new TextEncoder();
  let value = 0;
  for (const [name, text] of sorted(metadata)) {
    if (name !== "checksum") value = crc32(encoder.encode(JSON.stringify([name, text])), value);
  }
  for (const [name, array] of sorted(tensors)) {
    value = crc32(encoder.encode(JSON.stringify([name, array.dtype, array.shape])), value);
    value = crc32(bytesOf(array), value);
  }
  return value.toString(16).padStart(8, "0");
}
