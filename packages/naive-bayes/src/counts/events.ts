import { elementNames, type Rows } from "@gen/core";
import type { FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";
import { addSums, negatedSums, type Counted, type Sums } from "../parts/part.js";
import { gather, widthOf, type Taken } from "./gather.js";

/** Columns that count events of as many kinds: how many there are of each in each class. */
export class Events implements Counted {
  readonly name: string;
  readonly shapes: Counted["shapes"];

  constructor(
    private readonly fields: readonly FieldOfX[],
    private readonly classes: number,
    private readonly taken: Taken,
  ) {
    this.name = fields.map(({ name }) => name).join("+");
    const shape = [classes, widthOf(fields)];
    this.shapes = { counts: shape, seen: shape };
  }

  collect(x: Rows, membership: Membership): Sums {
    const { counts, seen } = gather(x, this.fields, this.taken, membership);
    return { counts, seen };
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
