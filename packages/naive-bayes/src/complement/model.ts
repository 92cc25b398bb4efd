import { xFields, type Capability, type Classifier, type DataSpec, type Rows } from "@gen/core";
import { fieldOfX, type FieldOfX } from "../columns.js";
import { Events } from "../counts/events.js";
import { eventsOf, isMissing, widthOf } from "../counts/gather.js";
import { logMarginal } from "../learned.js";
import { Learner } from "../learner.js";
import { countable, numeric } from "../parts/checks.js";
import { mostNumbers, Size } from "../size.js";
import { complementWeights, type ComplementConfig } from "./weights.js";

/**
 * Complement naive Bayes: a row belongs to the class whose complement (all other classes' events) fits it worst. Its
 * scores are no log-probabilities of x, so it has no density and draws nothing. Computed in float64 on typed arrays.
 * Source: Tackling the poor assumptions of naive Bayes text classifiers (Rennie, Shih, Teevan & Karger, 2003).
 */
export class ComplementNaiveBayes extends Learner<Events> implements Classifier {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["classifier"]);
  readonly config: ComplementConfig;
  private readonly fields: readonly FieldOfX[];
  private known: Float64Array | undefined;

  /** @throws InputError for columns that can't be counted. */
  constructor(spec: DataSpec, config: ComplementConfig, saved = Infinity) {
    const fields = Object.entries(xFields(spec)).map(([name, field]) =>
      countable(spec, fieldOfX(name, numeric(name, field)), "complement naive Bayes"),
    );
    super(spec, (classes) => {
      const size = new Size(classes.length, Math.min(mostNumbers, saved));
      for (const field of fields) size.add(field.name, 2 * field.size);
      return [new Events(fields, classes.length, "any")];
    });
    this.fields = fields;
    this.config = config;
  }

  /** The weight of each element in each class, [classes, width]. */
  get weights(): Float64Array {
    const { counts } = this.statistics.parts[0]!;
    this.known ??= complementWeights(counts!, this.classes.length, this.config);
    return this.known;
  }

  /** Σ_j x_j w_yj of each row, [rows, classes]: the higher, the more of the class. What is missing counts as none. */
  scores(x: Rows): Float64Array {
    const { weights, fields } = this;
    const classes = this.classes.length;
    const width = widthOf(fields);
    const columns = eventsOf(x, fields, "any");
    const scores = new Float64Array(x.length * classes);
    let offset = 0;
    fields.forEach(({ size }, k) => {
      const data = columns[k];
      for (let i = 0; data && i < data.length; i++) {
        const count = data[i]!;
        if (count === 0 || isMissing(count)) continue;
        const row = Math.floor(i / size);
        const j = offset + (i % size);
        for (let c = 0; c < classes; c++) scores[row * classes + c]! += count * weights[c * width + j]!;
      }
      offset += size;
    });
    return scores;
  }

  /** The scores as logarithms of shares that sum to 1: [rows, classes]. No calibrated probabilities. */
  logPosterior(x: Rows): Float64Array {
    const scores = this.scores(x);
    const classes = this.classes.length;
    const totals = logMarginal(scores, classes);
    return scores.map((score, i) => score - totals[Math.floor(i / classes)]!);
  }

  protected changed(): void {
    this.known = undefined;
  }
}
