import {
  concatenate,
  isNumeric,
  isOrdered,
  slice,
  xFields,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { average } from "../../numbers/mean.js";
import { taken } from "./taken.js";

const rows = 64;

export const codecKeeps = ofCapability({
  id: "codec-keeps",
  capability: "codec",
  why: "Codes tell rows apart: after training, reconstructions are nearer to their own rows than to others.",
  async run(model, subject) {
    const x = await subject.x(rows);
    const fields = fixedFields(model.spec);
    if (fields.length === 0) return null;
    const codes = await taken(model.compress(x));
    const again = await taken(model.reconstruct(codes));
    const others = concatenate([slice(x, 1, x.length), slice(x, 0, 1)]);
    const from = (other: Rows): number =>
      average(
        Float64Array.from(fields, ([name, field]) => apart(model.spec, field, { name, x: other, again })),
      );
    const [own, other] = [from(x), from(others)];
    const told = `${own.toPrecision(3)} of the variance away from their own rows, ${other.toPrecision(3)} from others`;
    ensure(own < other, told);
    return told;
  },
});

/** The fields of x with as many elements in every row. */
const fixedFields = (spec: DataSpec): readonly (readonly [name: string, field: Field])[] =>
  Object.entries(xFields(spec)).filter(([, field]) => field.type !== "text" && field.sequence !== true);

/** The mean squared difference beside the variance; of categories without an order the share that differ. */
function apart(
  spec: DataSpec,
  field: Field,
  { name, x, again }: { readonly name: string; readonly x: Rows; readonly again: Rows },
): number {
  const [a, b] = [numbers(x, name), numbers(again, name)];
  if (field.type === "category" && !isOrdered(spec, field))
    return average(a.map((value, i) => Number(value !== b[i])));
  const mean = average(a);
  const variance = average(a.map((value) => (value - mean) ** 2));
  return average(a.map((value, i) => (value - b[i]!) ** 2)) / Math.max(variance, Number.MIN_VALUE);
}

function numbers({ columns }: Rows, name: string): Float64Array {
  const data = columns[name]?.data;
  return data && isNumeric(data) ? Float64Array.from(data) : new Float64Array();
}
