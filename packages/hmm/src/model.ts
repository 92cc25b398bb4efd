import {
  column,
  conform,
  InputError,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Joint,
  type NamedArray,
  type Rows,
} from "@gen/core";
import { Chains } from "./chains.js";
import { checkSize, plainParameters, type HmmConfig } from "./config.js";
import { layoutOf } from "./layout.js";
import { lengthNumbers } from "./lengths.js";
import { learningsFrom, stateOf, type Learnings } from "./state.js";
import { logProbabilitiesOf, type LogProbabilities } from "./log-probabilities.js";

/** A hidden Markov model: with a label for each sequence one for each class and a prior over classes, else one. */
export class Hmm extends Chains implements Joint, Conditional<"density" | "sample" | "sequence"> {
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly classes: readonly string[];
  readonly condition: DataSpec;
  readonly config: HmmConfig;
  /** What is learned; a trainer replaces it. */
  learnings: Learnings;
  protected readonly classNumbers: Int32Array;

  constructor(spec: DataSpec, config: HmmConfig, saved?: number) {
    const layout = layoutOf(spec, config.counts);
    super(layout);
    this.config = config;
    const { label } = layout;
    this.classes = label?.names ?? [];
    this.condition = { kind: spec.kind, fields: label ? { [label.name]: spec.fields[label.name]! } : {} };
    const always: Capability[] = ["density", "sample", "sequence"];
    this.capabilities = new Set(label ? [...always, "joint", "conditional"] : always);
    const why = "the data have no label for each sequence";
    this.absent = label ? {} : { joint: why, conditional: why };
    checkSize(config, layout, saved);
    const count = Math.max(1, this.classes.length);
    this.learnings = {
      classes: Array.from({ length: count }, () => ({
        parameters: plainParameters(config, layout),
        lengths: new Float64Array(lengthNumbers).fill(1),
      })),
      logPriors: new Float64Array(count).fill(-Math.log(count)),
    };
    this.classNumbers = Int32Array.from({ length: count }, (_, c) => c);
  }

  /** The chain of one class, given by its number or name. @throws InputError when that is none of the classes. */
  given(condition: Rows): Capable<"density" | "sample" | "sequence"> {
    const { label } = this.layout;
    if (label === undefined)
      throw new InputError("This model was made without a label for each sequence: nothing can be given.");
    const c = this.classesOf(conform(this.condition, condition))[0];
    if (condition.length !== 1 || c === undefined || c < 0)
      throw new InputError(`Give one row whose "${label.name}" is one of: ${this.classes.join(", ")}.`);
    return new GivenClass(this, c);
  }

  /** The label of each row as a class's number; -1 where it is missing. */
  classesOf(x: Rows): Int32Array {
    const { label } = this.layout;
    return label === undefined
      ? new Int32Array(x.length)
      : Int32Array.from(column(x, label.name).data as Int32Array);
  }

  /**
   * The parameters of one class as plain numbers: natural logarithms of the probabilities of first states, transitions
   * and categories. A linear-chain conditional random field with these as its weights has the same p(path | x).
   */
  logProbabilities(c = 0): LogProbabilities {
    return logProbabilitiesOf(this.learnings.classes[c]!.parameters, this.layout);
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return Promise.resolve(stateOf(this.learnings));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.learnings = learningsFrom(state, this.learnings);
  }

  /** Nothing to free: a chain holds no memory of the engine. */
  [Symbol.dispose](): void {
    return;
  }
}

/** The chain of one class, borrowed as it is now. */
class GivenClass extends Chains {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample", "sequence"]);
  protected readonly learnings: Learnings;
  protected readonly classNumbers: Int32Array;

  constructor({ layout, learnings }: Hmm, c: number) {
    super(layout);
    this.learnings = { classes: [learnings.classes[c]!], logPriors: new Float64Array(1) };
    this.classNumbers = Int32Array.of(c);
  }
}
