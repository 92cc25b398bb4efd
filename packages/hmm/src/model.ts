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
  xFields,
} from "@gen/core";
import { Chains } from "./chains.js";
import { checkSize, plainParameters, type HmmConfig } from "./config.js";
import { GivenBeginning } from "./given-beginning.js";
import { layoutOf, type Layout } from "./layout.js";
import { lengthNumbers } from "./lengths.js";
import { learningsFrom, stateOf, type Learnings } from "./state.js";
import { logProbabilitiesOf, type LogProbabilities } from "./log-probabilities.js";

/** A hidden Markov model: with a label for each sequence one for each class and a prior over classes, else one. */
export class Hmm extends Chains implements Joint, Conditional<"density" | "sample"> {
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
    this.condition = { kind: spec.kind, fields: conditions(layout) };
    const why = "the data have no label for each sequence";
    const isConditional = label !== undefined || layout.hasEnd;
    this.capabilities = new Set<Capability>([
      "density",
      "sample",
      "sequence",
      ...(label ? ["joint" as const] : []),
      ...(isConditional ? ["conditional" as const] : []),
    ]);
    this.absent = {
      ...(label ? {} : { joint: why }),
      ...(isConditional ? {} : { conditional: `${why} and are no text` }),
    };
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

  /**
   * The chain of one class, given by its number or name, or how a text goes on after its beginning, or both.
   * @throws InputError when nothing is given, when the label is none of the classes, and for a beginning that no path makes.
   */
  given(condition: Rows): Capable<"density" | "sample"> {
    const { label } = this.layout;
    const names = Object.keys(this.condition.fields);
    if (names.length === 0)
      throw new InputError(`Nothing can be given to this model: ${this.absent.conditional!}.`);
    const known = conform(this.condition, condition);
    const given = names.filter((name) => Object.hasOwn(known.columns, name));
    const c = label && given.includes(label.name) ? this.classesOf(known)[0] : undefined;
    if (condition.length !== 1 || given.length === 0 || (c !== undefined && c < 0))
      throw new InputError(`Give one row with ${this.asked().join(", or ")}.`);
    const isBegun = given.some((name) => name !== label?.name);
    if (!isBegun) return new GivenClass(this, c!);
    const learnings = c === undefined ? this.learnings : ofClass(this.learnings, c);
    const classNumbers = c === undefined ? this.classNumbers : Int32Array.of(c);
    return new GivenBeginning(this.layout, learnings, { classNumbers, beginning: known });
  }

  /** What may be given, in words. */
  private asked(): readonly string[] {
    const { label, hasEnd, spec } = this.layout;
    const classes = label ? [`a "${label.name}" that is one of: ${this.classes.join(", ")}`] : [];
    return hasEnd ? [`a beginning of "${Object.keys(xFields(spec))[0]!}"`, ...classes] : classes;
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

/** What may be given: the label of each sequence; of a text how it begins. */
function conditions({ spec, label, hasEnd }: Layout): DataSpec["fields"] {
  const names = [...(hasEnd ? Object.keys(xFields(spec)) : []), ...(label ? [label.name] : [])];
  return Object.fromEntries(
    names.map((name) => [name, { ...spec.fields[name]!, ...(hasEnd && { optional: true }) }]),
  );
}

const ofClass = ({ classes }: Learnings, c: number): Learnings => ({
  classes: [classes[c]!],
  logPriors: new Float64Array(1),
});

/** The chain of one class, borrowed as it is now. */
class GivenClass extends Chains {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample", "sequence"]);
  protected readonly learnings: Learnings;
  protected readonly classNumbers: Int32Array;

  constructor({ layout, learnings }: Hmm, c: number) {
    super(layout);
    this.learnings = ofClass(learnings, c);
    this.classNumbers = Int32Array.of(c);
  }
}
