import { readSync, slice, type Capable, type Column, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { logAbsDet } from "../../numbers/log-abs-det.js";
import { tidied } from "../../tensors.js";
import { inOwnSpace, ownRows } from "./own-space.js";

const rowsLooked = { smoke: 3, full: 16 } as const;
/** Numbers in a row whose Jacobian is worth its differences. */
const widest = 36;
/** The small ones for rows near a kink of a network, the large ones for float32's rounding. */
const steps = [8e-3, 3e-3, 1e-3, 3e-4] as const;
/** Of log |det|, for each number in a row. */
const tolerancePerNumber = 2.5e-3;

export const flowJacobian = ofCapability({
  id: "flow-jacobian",
  capability: "flow",
  why: "log |det dz/dx| is that of the Jacobian that differences of latents give, on rows of a few numbers.",
  async run(model, subject) {
    const x = await subject.x(rowsLooked[subject.level]);
    return tidied(() => {
      const flow = inOwnSpace(model);
      const own = ownRows(model, x, subject);
      if (!Object.values(own.columns).every(isReal) || widthOf(own) > widest) return null;
      const tolerance = tolerancePerNumber * Math.max(2, widthOf(own));
      const logDets = readSync(flow.toLatent(own).logDet);
      let worst = 0;
      logDets.forEach((found, row) => {
        const expected = steps.map((step) => numericLogDet(flow, slice(own, row, row + 1), step));
        const gap = Math.min(...expected.map((value) => Math.abs(found - value)));
        ensure(gap <= tolerance, `log |det| of row ${row + 1} is ${found} instead of ${expected[0]!}`);
        worst = Math.max(worst, gap);
      });
      return `${logDets.length} rows, ${worst.toExponential(1)} apart at most`;
    });
  },
});

const isReal = ({ data, lengths }: Column): boolean =>
  lengths === undefined && (data instanceof Float64Array || data instanceof Float32Array);

const widthOf = (x: Rows): number =>
  Object.values(x.columns).reduce((sum, { data }) => sum + (data as Float64Array).length, 0) / x.length;

/** log |det dz/dx| at one row by central differences, with all moved rows in one batch. */
function numericLogDet(flow: Capable<"flow">, x: Rows, step: number): number {
  const width = widthOf(x);
  const length = 2 * width;
  const distances = new Float64Array(width);
  let before = 0;
  const columns = Object.entries(x.columns).map(([name, { data, shape }]): [string, Column] => {
    const start = data as Float64Array;
    const moved = Float32Array.from({ length: length * start.length }, (_, i) => {
      const [row, element] = [Math.floor(i / start.length), i % start.length];
      const sign = row >> 1 === before + element ? (row % 2 === 0 ? step : -step) : 0;
      return start[element]! + sign;
    });
    start.forEach((_, element) => {
      const at = (row: number): number => moved[row * start.length + element]!;
      distances[before + element] = at(2 * (before + element)) - at(2 * (before + element) + 1);
    });
    before += start.length;
    return [name, { data: moved, shape }];
  });
  const latents = flow
    .toLatent({ length, columns: Object.fromEntries(columns) })
    .z.map((part) => part.dataSync());
  const jacobian = Array.from({ length: width }, (_, element) =>
    latents.flatMap((values) => {
      const size = values.length / length;
      const of = (row: number): number[] => Array.from(values.subarray(row * size, (row + 1) * size));
      const below = of(2 * element + 1);
      return of(2 * element).map((value, i) => (value - below[i]!) / distances[element]!);
    }),
  );
  return logAbsDet(jacobian);
}
