import { column, isNumeric, type DataSpec, type NumericArray, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { fieldsOf } from "./fields.js";
import { writeInstead } from "./fitting.js";

/** NumPy's name of an array's type. */
function typeOf(data: NumericArray): string {
  if (data instanceof Float64Array) return "<f8";
  if (data instanceof Float32Array) return "<f4";
  return data instanceof Int32Array ? "<i4" : "|u1";
}

/**
 * NumPy's format 1.0: the one field of numbers as [rows, ...shape], or several scalar fields side by side in float64.
 * Throws `InputError` when there is text, sequences or a mixture of shapes.
 */
export function npy(rows: Rows, spec: DataSpec): Uint8Array {
  const fields = fieldsOf(rows, spec).filter(([, { role }]) => role !== "y");
  const columns = fields.map(([name]) => column(rows, name));
  const [first] = columns;
  if (first !== undefined && columns.length === 1 && first.lengths === undefined && isNumeric(first.data)) {
    return file(first.data, [rows.length, ...first.shape]);
  }
  const table = new Float64Array(rows.length * columns.length);
  for (const [j, { data, shape, lengths }] of columns.entries()) {
    if (!isNumeric(data) || shape.length > 0 || lengths !== undefined) {
      throw new InputError(
        `A .npy file holds one array of numbers, which these data are not; ${writeInstead(spec)}.`,
      );
    }
    for (let row = 0; row < rows.length; row++) table[row * columns.length + j] = data[row]!;
  }
  return file(table, [rows.length, columns.length]);
}

function file(data: NumericArray, shape: readonly number[]): Uint8Array {
  const axes = `${shape.join(", ")}${shape.length === 1 ? "," : ""}`;
  const header = `{'descr': '${typeOf(data)}', 'fortran_order': False, 'shape': (${axes}), }`;
  // The data begin at a multiple of 64 bytes: magic, version and the header's length take 10, its line end 1.
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11);
  const bytes = new Uint8Array(padded.length + 11 + data.byteLength);
  bytes.set([0x93, ...Buffer.from("NUMPY", "latin1"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, padded.length + 1, true);
  bytes.set(Buffer.from(`${padded}\n`, "latin1"), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), padded.length + 11);
  return bytes;
}
