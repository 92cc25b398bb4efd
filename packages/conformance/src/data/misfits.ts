import { isText, xFields, type Column, type DataSpec, type Rows } from "@gen/core";

/** Rows that a model of this specification can't take. */
export interface Misfits {
  /** Without any column of x. */
  readonly missing: Rows;
  /** With one number too many in each row of the first column; in texts a character that was never seen. */
  readonly misshapen: Rows;
}

export function misfits(spec: DataSpec, x: Rows): Misfits {
  const name = Object.keys(xFields(spec))[0]!;
  return {
    missing: { length: x.length, columns: {} },
    misshapen: { length: x.length, columns: { ...x.columns, [name]: misshapen(x.columns[name]!, x.length) } },
  };
}

function misshapen({ data, shape, lengths }: Column, count: number): Column {
  if (isText(data)) return { data: data.map((text) => `${text}\u2603`), shape };
  const elements = lengths ? lengths.reduce((sum, length) => sum + length, 0) : count;
  const wide = [...shape.slice(0, -1), (shape.at(-1) ?? 1) + 1];
  const size = wide.reduce((product, axis) => product * axis, 1);
  const zeros =
    data instanceof Float64Array ? new Float64Array(elements * size) : new Int32Array(elements * size);
  return { data: zeros, shape: wide, ...(lengths && { lengths }) };
}
