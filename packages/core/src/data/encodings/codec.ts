import type { Capable } from "../../capabilities/types.js";
import { isTensor } from "../column.js";
import { besideX, xFields } from "../spec.js";
import { downloadSync } from "../transfer.js";
import type { DataSpec, Encoding, Rows } from "../types.js";
import { noLogDet } from "./columns.js";

const loses = "the first stage keeps only a code of each row";

/**
 * A model with a codec as an encoding from its data to its codes: lossy. Labels and weights pass through. Borrows the
 * model. In a file it is only named, because the model is kept beside it.
 */
export function throughCodec(model: Capable<"codec">): Encoding {
  const beside = besideX(model.spec);
  const to: DataSpec = { kind: model.codes.kind, fields: { ...model.codes.fields, ...beside } };
  return {
    id: "codec",
    from: model.spec,
    to,
    fidelity: "lossy",
    stochastic: false,
    loses,
    encode: (x) => through(x, model.spec, to, (rows) => model.compress(rows)),
    decode: (z) => through(z, model.codes, model.spec, (rows) => model.reconstruct(rows)),
    logDet: () => noLogDet("codec", loses),
    toJSON: () => ({ id: "codec" }),
  };
}

/** Rows without any column of x (a condition) are left alone; the result keeps the columns that the target names. */
function through(x: Rows, source: DataSpec, target: DataSpec, f: (rows: Rows) => Rows): Rows {
  const names = Object.keys(xFields(source));
  if (!names.some((name) => Object.hasOwn(x.columns, name))) return x;
  const made = f(x);
  const result = downloadSync(made);
  for (const [name, { data }] of Object.entries(made.columns)) {
    if (isTensor(data) && x.columns[name]?.data !== data) data.dispose();
  }
  const rest = Object.entries(x.columns).filter(([name]) => !names.includes(name));
  const columns = Object.entries({ ...Object.fromEntries(rest), ...result.columns });
  return {
    length: x.length,
    columns: Object.fromEntries(columns.filter(([name]) => name in target.fields || name in x.columns)),
  };
}
