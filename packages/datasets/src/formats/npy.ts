import { InputError, type Dataset, type Rows } from "@gen/core";
import { longestHeader, npyHeader, type NpyHeader } from "./npy-header.js";

export interface NpyOptions {
  /** What error messages call the file. */
  readonly name?: string;
}

/** A file that is read in pieces, at once. */
export interface Pieces {
  /** Bytes in all. */
  readonly size: number;
  /** So many bytes from a place on; fewer where the file ends. */
  read(from: number, length: number): Uint8Array;
}

/**
 * Points from a .npy file: the rows of a matrix of float32 or float64 in C order, as the field `x`. Of `Pieces` only
 * what is taken is read, so that training by sweeps or batches goes over a file of any size in constant memory.
 * Throws `InputError` on other files, and on NaN or infinity, naming the row, when its rows are taken.
 */
export function parseNpy(file: Uint8Array | Pieces, { name = "The file" }: NpyOptions = {}): Dataset {
  const pieces = file instanceof Uint8Array ? piecesOf(file) : file;
  const start = pieces.read(0, Math.min(longestHeader, pieces.size));
  const header = npyHeader(start, pieces.size, name);
  return {
    spec: { kind: "points", fields: { x: { type: "real", shape: [header.columns] } } },
    length: header.rows,
    isStreamed: !(file instanceof Uint8Array),
    take: (indices) => rowsAt(indices, { pieces, header, name }),
  };
}

/** The bytes of a .npy file (version 1) of an array in C order. */
export function npyBytes(data: Float32Array | Float64Array, shape: readonly number[]): Uint8Array {
  const type = data instanceof Float32Array ? "f4" : "f8";
  const size = shape.length === 1 ? `${shape[0]!},` : shape.join(", ");
  const text = `{'descr': '<${type}', 'fortran_order': False, 'shape': (${size}), }`;
  const offset = 64 * Math.ceil((11 + text.length) / 64);
  const bytes = new Uint8Array(offset + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, offset - 10, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(offset - 11)}\n`), 10);
  data.forEach((value, i) => {
    if (type === "f4") view.setFloat32(offset + 4 * i, value, true);
    else view.setFloat64(offset + 8 * i, value, true);
  });
  return bytes;
}

const piecesOf = (bytes: Uint8Array): Pieces => ({
  size: bytes.length,
  read: (from, length) => bytes.subarray(from, from + length),
});

interface Opened {
  readonly pieces: Pieces;
  readonly header: NpyHeader;
  readonly name: string;
}

/** Rows, each run of rows that follow each other read at once. */
function rowsAt(indices: Int32Array, { pieces, header, name }: Opened): Rows {
  const { rows, columns, bytes, offset, isLittleEndian } = header;
  const length = columns * bytes;
  const data =
    bytes === 4 ? new Float32Array(indices.length * columns) : new Float64Array(indices.length * columns);
  for (let first = 0; first < indices.length;) {
    const index = indices[first]!;
    if (!Number.isInteger(index) || index < 0 || index >= rows)
      throw new InputError(`Row ${index} is outside the ${rows} rows of ${name}; give 0 to ${rows - 1}.`);
    let count = 1;
    while (index + count < rows && indices[first + count] === index + count) count++;
    const read = pieces.read(offset + index * length, count * length);
    if (read.length < count * length)
      throw new InputError(
        `${name} ends within row ${index + Math.floor(read.length / length) + 1}; it was cut since it was opened.`,
      );
    const view = new DataView(read.buffer, read.byteOffset, read.length);
    for (let i = 0; i < count * columns; i++) {
      const value =
        bytes === 4 ? view.getFloat32(4 * i, isLittleEndian) : view.getFloat64(8 * i, isLittleEndian);
      if (!Number.isFinite(value))
        throw new InputError(
          `${name} is ${value} in row ${index + Math.floor(i / columns) + 1}, column ${(i % columns) + 1}, where a finite number is expected; fill it in or leave that row out.`,
        );
      data[first * columns + i] = value;
    }
    first += count;
  }
  return { length: indices.length, columns: { x: { data, shape: [columns] } } };
}
