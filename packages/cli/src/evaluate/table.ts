import { offsetsOf, type DataSpec, type Prediction, type Rows } from "@gen/core";
import Papa from "papaparse";
import { elements } from "../output/elements.js";
import type { Written } from "./classify.js";

/** Predictions as CSV, a line for each; those of sequences begin with the numbers of row and element, and what it is. */
export class Table implements Written {
  private readonly lines: (string | number)[][] = [];
  private names: readonly string[] = [];
  /** The columns that tell of which element a prediction is. */
  private places: readonly string[] = [];
  private rows = 0;

  constructor(private readonly spec: DataSpec) {}

  add(rows: Rows, { names, best, probabilities, lengths }: Prediction): void {
    this.names = names;
    const offsets = lengths && offsetsOf({ data: best, shape: [], lengths });
    const seen = offsets && elements(rows, this.spec);
    this.places = seen ? ["row", "element", ...seen.names] : [];
    for (let row = 0; row < rows.length; row++) {
      const [begin, end] = offsets ? [offsets[row]!, offsets[row + 1]!] : [row, row + 1];
      const cells = seen?.of(row);
      for (let at = begin; at < end; at++)
        this.lines.push([
          ...(cells ? [this.rows + row + 1, at - begin + 1, ...(cells[at - begin] ?? [])] : []),
          names[best[at]!]!,
          ...Array.from(probabilities.subarray(at * names.length, (at + 1) * names.length), (p) =>
            Number(p.toPrecision(6)),
          ),
        ]);
    }
    this.rows += rows.length;
  }

  get contents(): string {
    const fields = [...this.places, "class", ...this.names.map((name) => `p(${name})`)];
    return `${Papa.unparse({ fields, data: this.lines }, { newline: "\n" })}\n`;
  }
}
