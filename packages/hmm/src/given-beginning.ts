import {
  checkRows,
  column,
  InputError,
  offsetsOf,
  ragged,
  xFields,
  type Capability,
  type Rows,
} from "@gen/core";
import { float64 } from "@gen/core/math";
import { Chains } from "./chains.js";
import { filtered, logLikelihoods } from "./inference.js";
import type { Layout } from "./layout.js";
import { prepare } from "./parameters.js";
import type { Sequences } from "./sequences.js";
import type { Learnings } from "./state.js";

/** How a text goes on: chains that start in the states which its beginning leaves likely. */
export class GivenBeginning extends Chains {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample"]);
  protected readonly learnings: Learnings;
  protected readonly classNumbers: Int32Array;
  private readonly field: string;
  private readonly beginning: Int32Array;

  /** Under the chains that `learnings` holds. @throws InputError for a beginning that no path makes. */
  constructor(
    layout: Layout,
    learnings: Learnings,
    { classNumbers, beginning }: { readonly classNumbers: Int32Array; readonly beginning: Rows },
  ) {
    super(layout);
    this.field = Object.keys(xFields(layout.spec))[0]!;
    [this.beginning = new Int32Array(0)] = this.linesOf(beginning);
    this.learnings = after(learnings, this.beginning);
    this.classNumbers = classNumbers;
  }

  /** log p(x | beginning) of each text in nats; -Infinity where it begins otherwise. */
  override logProb(x: Rows): Float64Array {
    const lines = this.linesOf(x);
    const begins = lines.map((line) => this.beginning.every((symbol, t) => symbol === line[t]));
    const rest = lines.map((line, row) => line.subarray(begins[row] ? this.beginning.length : line.length));
    const columns = { ...x.columns, [this.field]: ragged(rest) };
    return super.logProb({ ...x, columns }).map((value, row) => (begins[row] ? value : -Infinity));
  }

  override get protocol(): Chains["protocol"] {
    return begun(super.protocol, (x) => this.whole(x));
  }

  /** Rows with the beginning before what was drawn. */
  private whole(x: Rows): Rows {
    const lines = this.linesOf(x).map((line) => {
      const all = new Int32Array(this.beginning.length + line.length);
      all.set(this.beginning);
      all.set(line, this.beginning.length);
      return all;
    });
    return { ...x, columns: { ...x.columns, [this.field]: ragged(lines) } };
  }

  /** The symbols of each text. */
  private linesOf(x: Rows): readonly Int32Array[] {
    checkRows({ kind: this.spec.kind, fields: xFields(this.spec) }, x);
    const symbols = column(x, this.field);
    const offsets = offsetsOf(symbols);
    const data = Int32Array.from(symbols.data as Int32Array);
    return Array.from({ length: x.length }, (_, row) => data.subarray(offsets[row], offsets[row + 1]));
  }
}

/** A protocol whose rows are seen with what they begin with. */
const begun = (protocol: Chains["protocol"], whole: (x: Rows) => Rows): Chains["protocol"] => ({
  ...protocol,
  view(state) {
    const { x, ...rest } = protocol.view(state);
    return { ...rest, ...(x && { x: whole(x) }) };
  },
  finish: (state) => whole(protocol.finish(state)),
});

/** Chains after some symbols: p(next state | symbols) for the first state, p(class | symbols) for the classes. */
function after({ classes, logPriors }: Learnings, symbols: Int32Array): Learnings {
  if (symbols.length === 0) return { classes, logPriors };
  const data: Sequences = {
    offsets: Int32Array.of(0, symbols.length),
    tracks: [{ kind: "categorical", data: symbols }],
  };
  const models = classes.map(({ parameters }) => prepare(parameters));
  const logJoint = logPriors.map((logPrior, c) => logPrior + logLikelihoods(models[c]!, data)[0]!);
  const total = float64.logSumExp(logJoint);
  if (total === -Infinity)
    throw new InputError("The model can't make a text with this beginning: give another, or a shorter one.");
  return {
    logPriors: logJoint.map((value) => value - total),
    classes: classes.map(({ parameters, lengths }, c) => {
      const { chain } = parameters;
      const { states, transition } = chain;
      const last = filtered(models[c]!, data).subarray(-states);
      const initial = Float64Array.from({ length: states }, (_, to) =>
        last.reduce((sum, p, from) => sum + p * transition[from * states + to]!, 0),
      );
      return { lengths, parameters: { ...parameters, chain: { ...chain, initial } } };
    }),
  };
}
