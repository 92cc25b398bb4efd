import {
  InputError,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Density,
  type Joint,
  type Rows,
  type Sampleable,
  type SamplingProtocol,
} from "@gen/core";
import type { NaiveBayesConfig } from "./config.js";
import { GivenClass } from "./given-class.js";
import { classesOf } from "./labels.js";
import { drawClasses, learn, logJoint, type Learned } from "./learned.js";
import { Learner } from "./learner.js";
import { partsOf } from "./parts/choose.js";
import type { Part } from "./parts/part.js";
import { logMarginal } from "./posteriors.js";
import { logPriorsOf, type LogPriors } from "./priors.js";
import { jointProtocol } from "./protocol.js";
import { mostNumbers } from "./size.js";

/**
 * p(x, y) = p(y) Π_j p(x_j | y): a class, and columns that are independent given it, each with a distribution of its
 * own. Computed in float64 on typed arrays. What is missing (NaN, or -1 in categories) is marginalised exactly.
 */
export class NaiveBayes
  extends Learner<Part>
  implements Joint, Density, Sampleable, Conditional<"density" | "sample">
{
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "joint",
    "density",
    "sample",
    "conditional",
  ]);
  readonly condition: DataSpec;
  private readonly priors: LogPriors;
  private known: Learned | undefined;

  /** @throws InputError for columns that can't have the distribution that they are given. */
  constructor(spec: DataSpec, config: NaiveBayesConfig, saved = Infinity) {
    super(spec, (classes) => partsOf(spec, config, classes.length, Math.min(mostNumbers, saved)));
    this.condition = { kind: spec.kind, fields: { [this.label.name]: this.label.field } };
    this.priors = logPriorsOf(config.priors, this.classes);
  }

  /** What the statistics say, worked out when it is first asked for. */
  get learned(): Learned {
    this.known ??= learn(this.parts, this.statistics, this.priors);
    return this.known;
  }

  /** @throws InputError for a column of which no distribution can be learned, before the model is asked for one. */
  check(): void {
    this.known = this.learned;
  }

  logJoint(x: Rows): Float64Array {
    return logJoint(this.learned, x);
  }

  logProb(x: Rows): Float64Array {
    return logMarginal(this.logJoint(x), this.classes.length);
  }

  /** p(x | y) of one class, given by its number or its name. @throws InputError when the label is not one of the classes. */
  given(condition: Rows): Capable<"density" | "sample"> {
    const c = classesOf(this.label, condition)[0];
    if (condition.length !== 1 || c === undefined || c < 0)
      throw new InputError(`Give one row whose "${this.label.name}" is one of: ${this.classes.join(", ")}.`);
    return new GivenClass(this.spec, this.label, this.learned, c);
  }

  get protocol(): SamplingProtocol {
    const { label, learned } = this;
    const { logPriors } = learned;
    return jointProtocol({ label, learned, classes: (key, count) => drawClasses(key, count, logPriors) });
  }

  protected changed(): void {
    this.known = undefined;
  }
}
