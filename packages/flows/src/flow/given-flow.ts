import { tensor1d, tidy, tile, type Tensor } from "@tensorflow/tfjs-core";
import {
  InputError,
  type Capability,
  type DataSpec,
  type Density,
  type Flow,
  type Rows,
  type Sampleable,
} from "@gen/core";
import { oneHot } from "@gen/nn";
import type { Architecture } from "./architecture.js";
import type { Layout } from "./layout.js";
import type { Label } from "./labels.js";
import { labelled, protocolOf } from "./protocol.js";
import { tidyRows } from "./tidy-rows.js";
import { fromLatent, logProb, toLatent } from "./transform.js";

export interface FlowParts {
  readonly spec: DataSpec;
  readonly architecture: Architecture;
  readonly layout: Layout;
}

/** Classes that are given: one for all rows, or one for each. */
export interface Given {
  readonly label: Label;
  readonly classes: Int32Array;
}

/** A flow of rows that have no class, or whose classes are given. Borrows from the model. */
export class GivenFlow implements Flow, Density, Sampleable {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["flow", "density", "sample"]);

  constructor(
    private readonly parts: FlowParts,
    private readonly given?: Given,
  ) {
    this.spec = parts.spec;
  }

  get base(): Flow["base"] {
    return this.parts.architecture.base;
  }

  toLatent(x: Rows): { readonly z: readonly Tensor[]; readonly logDet: Tensor } {
    this.checkCount(x.length);
    const { architecture, layout } = this.parts;
    const [logDet, ...z] = tidy((): Tensor[] => {
      const result = toLatent(architecture, layout.toTensor(x), this.oneHot());
      return [result.logDet, ...result.z];
    });
    return { z, logDet: logDet! };
  }

  /** Throws `InputError` unless there is a latent of each scale, [rows, ...shape]. */
  fromLatent(z: readonly Tensor[]): Rows {
    const { architecture, layout } = this.parts;
    return tidyRows(() => {
      const x = layout.toRows(fromLatent(architecture, z, this.oneHot()));
      return labelled(x, this.given && { name: this.given.label.name, y: this.classesOf(x.length) });
    });
  }

  logProb(x: Rows): Tensor {
    this.checkCount(x.length);
    const { architecture, layout } = this.parts;
    return tidy(() => logProb(architecture, layout.toTensor(x), this.oneHot()));
  }

  get protocol() {
    if (!this.given) return protocolOf(this.parts);
    const { name, classes } = this.given.label;
    return protocolOf(this.parts, {
      name,
      levels: classes.length,
      draw: (_, count) => this.classesOf(count),
    });
  }

  private oneHot(): Tensor | undefined {
    return this.given && oneHot(tensor1d(this.given.classes, "int32"), this.given.label.classes.length);
  }

  /** int32 [count]. */
  private classesOf(count: number): Tensor {
    this.checkCount(count);
    const classes = tensor1d(this.given!.classes, "int32");
    return this.given!.classes.length === 1 ? tile(classes, [count]) : classes;
  }

  private checkCount(rows: number): void {
    const given = this.given?.classes.length ?? 1;
    if (given === 1 || given === rows) return;
    throw new InputError(
      `The classes of ${given} rows are given, but there are ${rows} rows: give one class, or one for each row.`,
    );
  }
}
