import { InputError } from "../errors.js";
import type { NamedArray } from "../training/types.js";
import { bytesOf, elementBytes } from "./array-types.js";

/** What a safetensors file holds. */
export interface TensorFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, NamedArray>;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Maps sorted by name (code units), so that equal contents are equal bytes. */
export const sorted = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
  [...map].sort(([a], [b]) => compare(a, b));

const object = (items: readonly string[]): string => `{${items.join(",")}}`;
const item = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;

/**
 * A safetensors file: eight bytes of header length, a JSON header padded with spaces to a multiple of 8, the data.
 * Wider element types stand first and names are sorted within one, so that every array is aligned and the same
 * contents give the same bytes. Throws `InputError` when a shape doesn't fit its data.
 * Source: the safetensors format (Hugging Face, 2022).
 */
export function writeSafetensors(file: TensorFile): Uint8Array {
  const tensors = sorted(file.tensors).sort(([, a], [, b]) => elementBytes[b.dtype] - elementBytes[a.dtype]);
  let end = 0;
  const entries = tensors.map(([name, array]) => {
    const elements = array.shape.reduce((product, size) => product * size, 1);
    if (elements !== array.data.length || array.data.BYTES_PER_ELEMENT !== elementBytes[array.dtype]) {
      throw new InputError(
        `Array "${name}" says ${array.dtype} of shape [${array.shape.join(", ")}] but holds ${array.data.length} elements of ${array.data.BYTES_PER_ELEMENT} bytes.`,
      );
    }
    const start = end;
    end += array.data.byteLength;
    return item(name, { dtype: array.dtype, shape: array.shape, data_offsets: [start, end] });
  });
  const metadata = object(sorted(file.metadata).map(([name, value]) => item(name, value)));
  const header = object([...(file.metadata.size > 0 ? [`"__metadata__":${metadata}`] : []), ...entries]);
  const encoded = new TextEncoder().encode(header);
  const length = Math.ceil(encoded.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(encoded, 8);
  bytes.fill(0x20, 8 + encoded.length, 8 + length);
  let offset = 8 + length;
  for (const [, array] of tensors) {
    bytes.set(bytesOf(array), offset);
    offset += array.data.byteLength;
  }
  return bytes;
}
