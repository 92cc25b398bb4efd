import { elementNames } from "@gen/core";
import type { FieldOfX } from "../columns.js";
import type { Counted } from "../parts/part.js";
import { addSums, negatedSums, type Sums } from "../parts/sums.js";
import { widthOf, type Taken } from "./gather.js";

/** Columns that count events of as many kinds: how many there are of each in each class. */
export class Events implements Counted {
  readonly name: string;
  readonly shapes: Counted["shapes"];
  readonly counter: Counted["counter"];

  constructor(
    private readonly fields: readonly FieldOfX[],
    private readonly classes: number,
    taken: Taken,
  ) {
    this.counter = { kind: "events", fields, taken, hasTotals: false };
    this.name = fields.map(({ name }) => name).join("+");
    const shape = [classes, widthOf(fields)];
    this.shapes = { counts: shape, seen: shape };
  }

  merge(a: Sums, b: Sums): Sums {
    return addSums(a, b);
  }

  negated(sums: Sums): Sums {
    return negatedSums(sums);
  }

  withoutValues({ seen }: Sums): readonly string[] {
    const width = widthOf(this.fields);
    const isSeen = (j: number): boolean =>
      Array.from({ length: this.classes }, (_, c) => seen![c * width + j]!).some((weight) => weight > 0);
    return this.fields
      .flatMap(({ name, field }) => elementNames(name, field.shape))
      .filter((_, j) => !isSeen(j));
  }
}
