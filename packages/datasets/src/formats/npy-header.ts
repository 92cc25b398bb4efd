import { InputError } from "@gen/core";

export interface NpyHeader {
  /** Rows, and numbers in a row. */
  readonly rows: number;
  readonly columns: number;
  readonly bytes: 4 | 8;
  readonly isLittleEndian: boolean;
  /** Where the numbers begin. */
  readonly offset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The longest header that is read: one of a plain array has 128 bytes. */
export const longestHeader = 4096;

/**
 * Reads the header of a .npy file from its first `longestHeader` bytes and its size: a matrix, or a vector as a matrix
 * of one column, of float32 or float64 in C order. Source: NumPy Enhancement Proposal 1, A simple file format for
 * NumPy arrays (Robert Kern, 2007), versions 1 to 3. Throws `InputError` on other arrays and on a file that is damaged.
 */
export function npyHeader(start: Uint8Array, size: number, name: string): NpyHeader {
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  if (magic.some((byte, i) => start[i] !== byte) || start.length < 12)
    throw new InputError(`${name} does not begin as a .npy file does; write it anew by numpy.save.`);
  const version = start[6]!;
  if (version < 1 || version > 3)
    throw new InputError(`${name} is a .npy file of version ${version}, and 1 to 3 can be read.`);
  const before = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const offset = before + length;
  if (offset > start.length)
    throw new InputError(
      `${name} has a header of ${length} bytes, which is more than an array of numbers has or than is there; write it anew by numpy.save.`,
    );
  const text = new TextDecoder("utf-8").decode(start.subarray(before, offset));
  const { rows, columns } = shapeOf(text, name);
  const [, order, bytes] = /'descr':\s*'([<>])f([48])'/.exec(text) ?? [];
  if (order === undefined)
    throw new InputError(
      `${name} holds ${/'descr':\s*([^,]{1,40})/.exec(text)?.[1] ?? "no type"}, and float32 or float64 is needed; convert it by astype("float64").`,
    );
  if (!/'fortran_order':\s*False/.test(text))
    throw new InputError(
      `${name} is not in C order, row after row; write numpy.ascontiguousarray of the array.`,
    );
  const width = bytes === "4" ? 4 : 8;
  if (size - offset !== rows * columns * width)
    throw new InputError(
      `${name} has ${size - offset} bytes of numbers where ${rows} rows of ${columns} need ${rows * columns * width}; the file is cut or damaged.`,
    );
  return { rows, columns, bytes: width, isLittleEndian: order === "<", offset };
}

function shapeOf(text: string, name: string): { readonly rows: number; readonly columns: number } {
  const shape = /'shape':\s*\(([\d, ]*)\)/.exec(text)?.[1];
  const sizes = (shape ?? "").split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  const [rows = 0, columns = 1] = sizes;
  if (shape === undefined || sizes.length < 1 || sizes.length > 2)
    throw new InputError(
      `${name} holds ${shape === undefined ? "no shape" : `an array of shape (${shape})`}; give a matrix, a row for each example.`,
    );
  if (rows < 1 || columns < 1 || !Number.isSafeInteger(8 * rows * columns))
    throw new InputError(`${name} holds an array of shape (${shape}), which no data have; give some rows.`);
  return { rows, columns };
}
