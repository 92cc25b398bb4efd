import type { Capability, Capable, DataSpec, Rows, SamplingProtocol } from "@gen/core";
import type { Label } from "./labels.js";
import { logLikelihoods, type Learned } from "./learned.js";
import { jointProtocol } from "./protocol.js";

/** p(x | y) of one class. Its samples carry the class. */
export class GivenClass implements Capable<"density" | "sample"> {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample"]);

  constructor(
    readonly spec: DataSpec,
    private readonly label: Label,
    private readonly learned: Learned,
    private readonly c: number,
  ) {}

  logProb(x: Rows): Float64Array {
    const classes = this.learned.logPriors.length;
    const all = logLikelihoods(this.learned, x);
    return Float64Array.from({ length: x.length }, (_, row) => all[row * classes + this.c]!);
  }

  get protocol(): SamplingProtocol {
    const { label, learned, c } = this;
    return jointProtocol({ label, learned, classes: (_, count) => new Int32Array(count).fill(c) });
  }
}
