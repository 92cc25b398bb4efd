import {
  InputError,
  xFields,
  type Capability,
  type Classifier,
  type DataSpec,
  type NumericArray,
  type Rows,
} from "@gen/core";
import { fieldOfX, numbersOf, type FieldOfX } from "../columns.js";
import { Events } from "../counts/events.js";
import { isCount, widthOf } from "../counts/gather.js";
import { logMarginal } from "../posteriors.js";
import { Learner } from "../learner.js";
import { Quads } from "../quads.js";
import { hasOrder, numeric } from "../parts/checks.js";
import { TableRows } from "../table-rows.js";
import { mostNumbers, Size } from "../size.js";
import { complementWeights, type ComplementConfig } from "./weights.js";

/** @throws InputError for categories whose levels are no counts. */
function counted(spec: DataSpec, source: FieldOfX): FieldOfX {
  if (hasOrder(spec, source)) return source;
  throw new InputError(
    `Column "${source.name}" holds categories without an order, and complement naive Bayes takes counts: leave it out, or encode it as numbers.`,
  );
}

/** Adds Σ_j x_j w_jy of one field; weights are [width, classes]. */
function addScores(data: NumericArray, field: FieldOfX, weights: Float64Array, scores: Float64Array): void {
  const { size } = field;
  const rows = data.length / size;
  const classes = scores.length / rows;
  const quads = new Quads(data, size);
  const counted = new TableRows(weights, classes, size);
  for (let row = 0; row < rows; row++) {
    counted.clear();
    const found = quads.find(row);
    for (let k = 0; k < found; k++)
      for (let j = quads.places[k]!, end = Math.min(j + 4, size); j < end; j++) {
        const count = data[row * size + j]!;
        if (count === 0 || !isCount(count, { field, taken: "any" }, row * size + j)) continue;
        counted.push(j, count);
      }
    counted.addTo(scores, row * classes);
  }
}

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
      counted(spec, fieldOfX(name, numeric(name, field))),
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
    const { fields } = this;
    const classes = this.classes.length;
    const width = widthOf(fields);
    const weights = this.weights.map(
      (_, i) => this.weights[(i % classes) * width + Math.floor(i / classes)]!,
    );
    const scores = new Float64Array(x.length * classes);
    let offset = 0;
    for (const field of fields) {
      const { size } = field;
      const data = numbersOf(x, field);
      if (data) addScores(data, field, weights.subarray(offset * classes), scores);
      offset += size;
    }
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
