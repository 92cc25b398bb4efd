import { elementNames, type Column, type Key } from "@gen/core";
import { gather, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { numbersOf, type FieldOfX } from "../columns.js";
import { evaluate } from "../evaluators.js";
import type { Common, FittedPart, Part } from "../parts/part.js";
import type { Sums } from "../parts/sums.js";
import { asMoments, asSums } from "./count.js";
import { realFamilies, type RealFamily, type RealFamilyName } from "./families.js";
import { mergeMoments, negatedMoments, pooled } from "./merge.js";
import { normals } from "./normal.js";
import { columnMoments, type Smoothing } from "./smoothing.js";

/** A real column, whose elements are independent given the class and of one family of distributions. */
export class Reals implements Part {
  readonly name: string;
  readonly shapes: Part["shapes"];
  readonly counter: Part["counter"];
  private readonly family: RealFamily;

  constructor(
    private readonly source: FieldOfX,
    private readonly familyName: RealFamilyName,
    private readonly classes: number,
    private readonly smoothing: Smoothing,
  ) {
    this.name = source.name;
    this.family = realFamilies[familyName];
    this.counter = {
      kind: "moments",
      source,
      distribution: familyName,
      takes: this.family.takes,
      order: this.family.order ?? 2,
      isLogged: this.family.logged ?? false,
    };
    const shape = [classes, source.size];
    this.shapes = {
      weights: shape,
      means: shape,
      second: shape,
      ...(this.family.order === 4 && { third: shape, fourth: shape }),
    };
  }

  merge(a: Sums, b: Sums): Sums {
    return asSums(mergeMoments(asMoments(a), asMoments(b)));
  }

  negated(sums: Sums): Sums {
    return asSums(negatedMoments(asMoments(sums)));
  }

  largestVariance(sums: Sums): number {
    if (this.familyName !== "normal") return 0;
    const { weights, second } = pooled(asMoments(sums), this.source.size);
    return second.reduce(
      (most, value, j) => (weights[j]! > 0 ? Math.max(most, value / weights[j]!) : most),
      0,
    );
  }

  withoutValues(sums: Sums): readonly string[] {
    const { weights } = pooled(asMoments(sums), this.source.size);
    return elementNames(this.source.name, this.source.field.shape).filter((_, j) => !(weights[j]! > 0));
  }

  fit(sums: Sums, common: Common): FittedPart {
    const { family, source, classes } = this;
    const all = columnMoments(asMoments(sums), { source, family, common, smoothing: this.smoothing });
    const parameters = all.map((moments) => family.fit(moments));
    return {
      ...this.densities(parameters),
      draw: (key, y) => drawn(key, y, { source, family, classes, parameters }),
    };
  }

  /** Of normal columns as plain arrays, of others through the distributions themselves. */
  private densities(parameters: readonly (readonly number[])[]): Omit<FittedPart, "draw"> {
    const { source, family, classes } = this;
    if (this.familyName === "normal") {
      const [means, scales] = [0, 1].map((k) => Float64Array.from(parameters, (own) => own[k]!));
      const evaluator = { kind: "normals", source, normals: normals(means!, scales!, classes) } as const;
      return { evaluator, addLogProb: (x, into) => evaluate(evaluator, x, into) };
    }
    const each = parameters.map((own) => family.density(own));
    return {
      addLogProb(x, into) {
        numbersOf(x, source)?.forEach((value: number, i: number) => {
          if (Number.isNaN(value)) return;
          const row = Math.floor(i / source.size);
          for (let c = 0; c < classes; c++)
            into[row * classes + c]! += each[c * source.size + (i % source.size)]!.logProb(value);
        });
      },
    };
  }
}

interface Learned {
  readonly source: FieldOfX;
  readonly family: RealFamily;
  readonly classes: number;
  readonly parameters: readonly (readonly number[])[];
}

function drawn(
  key: Key,
  y: Int32Array,
  { source, family, classes, parameters }: Learned,
): Readonly<Record<string, Column>> {
  const { name, field } = source;
  const data = tidy(() => {
    const rows = tensor(y, [y.length], "int32");
    const ofRows = parameters[0]!.map((_, k): Tensor => {
      const table = Float32Array.from(parameters, (own) => own[k]!);
      return gather(tensor(table, [classes, ...field.shape]), rows);
    });
    return family.distribution(ofRows).sample(key);
  });
  return { [name]: { data, shape: field.shape } };
}
