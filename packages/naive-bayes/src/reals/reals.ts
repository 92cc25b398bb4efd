import { elementNames, InputError, type Column, type Key, type NumericArray, type Rows } from "@gen/core";
import { gather, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { numbersOf, placeOf, type FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";
import { emptySums, type Common, type FittedPart, type Part, type Sums } from "../parts/part.js";
import { realFamilies, type RealFamily, type RealFamilyName } from "./families.js";
import { mergeMoments, negatedMoments, pooled } from "./merge.js";
import { momentsOf, type Moments } from "./moments.js";
import { addLogNormals, normals } from "./normal.js";
import { columnMoments, type Smoothing } from "./smoothing.js";

/** A real column, whose elements are independent given the class and of one family of distributions. */
export class Reals implements Part {
  readonly name: string;
  readonly shapes: Part["shapes"];
  private readonly family: RealFamily;

  constructor(
    private readonly source: FieldOfX,
    private readonly familyName: RealFamilyName,
    private readonly classes: number,
    private readonly smoothing: Smoothing,
  ) {
    this.name = source.name;
    this.family = realFamilies[familyName];
    const shape = [classes, source.size];
    this.shapes = {
      weights: shape,
      means: shape,
      second: shape,
      ...(this.family.order === 4 && { third: shape, fourth: shape }),
    };
  }

  collect(x: Rows, membership: Membership): Sums {
    const data = numbersOf(x, this.source);
    if (data === undefined) return emptySums(this);
    return asSums(momentsOf(this.source, this.transformed(data), membership, this.family.order));
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
      addLogProb: this.adder(parameters),
      draw: (key, y) => drawn(key, y, { source, family, classes, parameters }),
    };
  }

  private adder(parameters: readonly (readonly number[])[]): FittedPart["addLogProb"] {
    const { source, family, classes } = this;
    if (this.familyName === "normal") {
      const [means, scales] = [0, 1].map((k) => Float64Array.from(parameters, (own) => own[k]!));
      const ready = normals(means!, scales!, classes);
      return (x, into) => {
        const data = numbersOf(x, source);
        if (data) addLogNormals(ready, source, data, into);
      };
    }
    const densities = parameters.map((own) => family.density(own));
    return (x, into) => {
      const data = numbersOf(x, source);
      data?.forEach((value: number, i: number) => {
        if (Number.isNaN(value)) return;
        const row = Math.floor(i / source.size);
        for (let c = 0; c < classes; c++)
          into[row * classes + c]! += densities[c * source.size + (i % source.size)]!.logProb(value);
      });
    };
  }

  /** The numbers whose moments are taken, each looked at where the family does not take all. */
  private transformed(data: NumericArray): NumericArray {
    const { takes, logged } = this.family;
    if (this.familyName === "normal") return data;
    return Float64Array.from(data, (value, i) => {
      if (Number.isNaN(value)) return NaN;
      if (!takes.test(value))
        throw new InputError(
          `${placeOf(this.source, i)} is ${value}, and ${this.familyName} takes ${takes.words}: choose another distribution for the column, or mend the row.`,
        );
      return logged ? Math.log(value) : value;
    });
  }
}

const asMoments = (sums: Sums): Moments => sums as unknown as Moments;
const asSums = (moments: Moments): Sums => moments as unknown as Sums;

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
