import {
  add,
  logSoftmax,
  mul,
  stack,
  sum,
  tensor1d,
  tidy,
  variable,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  Categorical,
  column,
  conform,
  downloadSync,
  InputError,
  restoreVariables,
  tensor,
  variablesState,
  yFields,
  type Capability,
  type Conditional,
  type DataSpec,
  type Density,
  type Flow,
  type Joint,
  type NamedArray,
  type Rows,
  type Sampleable,
} from "@gen/core";
import { logSumExp } from "@gen/core/math";
import { collect, disposeAll, type Variables, oneHot } from "@gen/nn";
import { GivenFlow, type FlowParts } from "./given-flow.js";
import { labelOf, type Label } from "./labels.js";
import { protocolOf } from "./protocol.js";
import { logProb } from "./transform.js";

type Views = "flow" | "density" | "sample";

/**
 * A normalizing flow: x = f(z) with z from a simple base and f invertible, so that log p(x) = log p(z) + log |det dz/dx|
 * exactly (Variational inference with normalizing flows, Rezende & Mohamed, 2015). With labels f depends on the class,
 * the classes have a learned prior, and p(x) = Σ_y p(y) p(x | y).
 */
export class FlowModel implements Flow, Density, Joint, Sampleable, Conditional<Views> {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly classes: readonly string[];
  readonly condition: DataSpec;
  readonly variables: Variables;
  /** Whether something is to be set from the data before the first step. */
  readonly starts: boolean;
  private readonly label: Label | undefined;
  /** log p(y) up to a constant: [classes]. */
  private readonly logits: Variable | undefined;

  /** Owns the architecture, which must be made for as many classes as the label has. */
  constructor(private readonly parts: FlowParts) {
    const { spec, architecture } = parts;
    this.spec = spec;
    const label = labelOf(spec);
    this.label = label;
    this.classes = label?.classes ?? [];
    this.condition = { kind: spec.kind, fields: yFields(spec) };
    this.capabilities = new Set<Capability>(
      label ? ["density", "joint", "sample", "conditional"] : ["density", "flow", "sample"],
    );
    this.absent = label ? { flow: needsClass } : { joint: noLabels, conditional: noLabels };
    const logits = label && tidy(() => variable(zeros([label.classes.length])));
    this.logits = logits;
    this.variables = collect(
      logits ? { flow: architecture, prior: { variables: { logits } } } : { flow: architecture },
    );
    this.starts = label !== undefined || architecture.initialise !== undefined;
  }

  get base(): Flow["base"] {
    return this.parts.architecture.base;
  }

  toLatent(x: Rows): { readonly z: readonly Tensor[]; readonly logDet: Tensor } {
    return this.whole.toLatent(x);
  }

  fromLatent(z: readonly Tensor[]): Rows {
    return this.whole.fromLatent(z);
  }

  /** With labels the marginal, log Σ_y p(y) p(x | y), whatever labels the rows carry. */
  logProb(x: Rows): Tensor {
    return this.label ? tidy(() => logSumExp(this.logJoint(x), 1)) : this.whole.logProb(x);
  }

  logJoint(x: Rows): Tensor {
    this.demandLabel();
    return tidy(() => {
      const conditionals = this.classes.map((_, c) => this.ofClasses(Int32Array.of(c)).logProb(x));
      return add(stack(conditionals, 1), logSoftmax(this.prior));
    });
  }

  /** The flow of a class, or of a class for each row. Throws `InputError` when a label is not one of the classes. */
  given(condition: Rows): GivenFlow {
    const { data } = column(conform(this.condition, downloadSync(condition)), this.demandLabel().name);
    return this.ofClasses(Int32Array.from(data as Int32Array));
  }

  get protocol() {
    const { label } = this;
    if (!label) return protocolOf(this.parts);
    return protocolOf(this.parts, {
      name: label.name,
      levels: label.classes.length,
      draw: (key, count) => tidy(() => new Categorical({ logits: this.prior }).sample(key, [count])),
    });
  }

  /** What is maximised: log p(x, y) of labelled rows, else log p(x); [rows], in nats. */
  fitted(x: Rows): Tensor {
    const { label, parts } = this;
    if (!label) return this.whole.logProb(x);
    return tidy(() => {
      const classes = oneHot(tensor(x, label.name), label.classes.length);
      const prior = sum(mul(classes, logSoftmax(this.prior)), 1);
      return add(logProb(parts.architecture, parts.layout.toTensor(x), classes), prior);
    });
  }

  /** Before the first step: p(y) from the counts of the classes, and what the architecture takes from the first rows. */
  start(data: Iterable<Rows>): void {
    const { label, logits, parts } = this;
    const counts = new Float32Array(this.classes.length).fill(1);
    let first = true;
    for (const rows of data) {
      const y = label && (column(rows, label.name).data as Int32Array);
      if (first)
        tidy(() => {
          const classes = y && oneHot(tensor1d(Int32Array.from(y)), label.classes.length);
          parts.architecture.initialise?.(parts.layout.toTensor(rows), classes);
        });
      first = false;
      if (!y) break;
      for (const c of y) counts[c]! += 1;
    }
    tidy(() => logits?.assign(tensor1d(counts.map(Math.log))));
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(this.variables);
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    restoreVariables(this.variables, state);
  }

  [Symbol.dispose](): void {
    disposeAll(this.variables);
    this.parts.architecture.dispose();
  }

  private get prior(): Tensor {
    this.demandLabel();
    return this.logits!;
  }

  /** The flow that depends on no class. */
  private get whole(): GivenFlow {
    if (this.label) throw new InputError(`This flow has none for all classes: ${needsClass}.`);
    return new GivenFlow(this.parts);
  }

  private ofClasses(classes: Int32Array): GivenFlow {
    return new GivenFlow(this.parts, { label: this.demandLabel(), classes });
  }

  private demandLabel(): Label {
    if (this.label) return this.label;
    throw new InputError(`This flow has no classes: ${noLabels}.`);
  }
}

const noLabels = "the data have no labels";
const needsClass = "its map depends on the class, so give one first";
