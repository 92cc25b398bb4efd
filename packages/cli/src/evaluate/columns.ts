import { offsetsOf, type DataSpec, type Prediction, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { block } from "../output/conll.js";
import { elements } from "../output/elements.js";
import type { Written } from "./classify.js";

/** Predictions of sequences in CoNLL's columns: a line for each element, what it is and its tag. */
export class Columns implements Written {
  private readonly blocks: string[] = [];

  constructor(private readonly spec: DataSpec) {}

  add(rows: Rows, { names, best, lengths }: Prediction): void {
    if (lengths === undefined)
      throw new InputError(
        "A .conll file holds tags of sequences, and this model tells one class of each row; write a .csv file.",
      );
    const offsets = offsetsOf({ data: best, shape: [], lengths });
    const { of } = elements(rows, this.spec);
    for (let row = 0; row < rows.length; row++) {
      const told = best.subarray(offsets[row], offsets[row + 1]);
      this.blocks.push(block(of(row).map((cells, i) => [...cells, names[told[i]!]!])));
    }
  }

  get contents(): string {
    return this.blocks.join("");
  }
}
