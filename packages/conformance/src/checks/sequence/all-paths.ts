import { slice, type Capable, type Rows, type ScoredPath } from "@gen/core";
import { beginning } from "../../data/beginning.js";
import { linesOf } from "./lines.js";

/** The beginning of one row, with every path of it. */
export interface Enumerated {
  readonly name: string;
  readonly x: Rows;
  readonly tags: number;
  readonly paths: readonly ScoredPath[];
}

const [rows, lengths] = [4, [1, 2, 3]];
/** More paths than are looked at. */
const most = 2000;

/** Beginnings of the first rows that are so short that all of their paths can be told. */
export function* enumerated(model: Capable<"sequence">, all: Rows): Generator<Enumerated> {
  for (let row = 0; row < Math.min(rows, all.length); row++)
    for (const length of lengths) {
      const x = begun(slice(all, row, row + 1), length);
      const tags = linesOf("the marginals", model.marginals(x), x).width;
      if (tags ** length > most) continue;
      const [paths = []] = model.bestPaths(x, most);
      if (paths.length < most) yield { name: `row ${row + 1} cut to ${length}`, x, tags, paths };
    }
}

/** One row cut to its first elements. */
export const begun = ({ length, columns }: Rows, count: number): Rows => ({
  length,
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, beginning(column, count)]),
  ),
});
