import { InputError } from "@gen/core";
import { gunzip } from "./gunzip.js";

/** An array of unsigned bytes, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads an idx file of unsigned bytes, plain or gzip, without copying its data: two zero bytes, the type 8, the
 * count of dimensions, each as a big-endian 32-bit integer, and then exactly their product of bytes. Throws
 * `InputError` naming the file on anything else.
 *
 * Source: The MNIST database of handwritten digits (LeCun, Cortes and Burges, 1998).
 */
export function parseIdx(input: Uint8Array, name = "The idx file"): IdxArray {
  const bytes = gunzip(input, name);
  const [first, second, type, rank] = bytes;
  if (first === undefined || second === undefined || type === undefined || rank === undefined)
    throw new InputError(
      `${name} has ${bytes.length} bytes, less than the 4 that begin an idx file; fetch it anew.`,
    );
  if (first !== 0 || second !== 0)
    throw new InputError(
      `${name} begins with bytes ${first} and ${second} instead of 0 and 0: it is no idx file; give one.`,
    );
  if (type !== 8)
    throw new InputError(`${name} holds elements of type ${type}, not unsigned bytes (type 8); convert it.`);
  if (rank < 1 || rank > 4)
    throw new InputError(`${name} has ${rank} dimensions; give an idx file with 1 to 4.`);
  const begin = 4 + 4 * rank;
  if (bytes.length < begin)
    throw new InputError(
      `${name} ends after ${bytes.length} bytes, within its ${rank} dimensions; fetch it anew.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== bytes.length - begin)
    throw new InputError(
      `${name} says ${shape.join(" x ")} elements but holds ${bytes.length - begin} bytes of them; fetch it anew.`,
    );
  return { shape, data: bytes.subarray(begin) };
}
