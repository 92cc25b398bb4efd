import { column, predictor, select, xFields, yField, type Capable, type Rows } from "@gen/core";

/** How well labels, or tags of elements, are told. */
export interface Told {
  /** How often what is predicted is the label. */
  readonly accuracy: number;
  /** The mean of -log p(label | x), in nats. */
  readonly logLoss: number;
}

/** Compares predictions with labels, or elements' tags; undefined where there is neither. */
export class Accuracy {
  private right = 0;
  private labelled = 0;
  private loss = 0;

  constructor(private readonly model: Capable) {}

  async add(rows: Rows): Promise<void> {
    const label = yField(this.model.spec)?.name;
    const predict = predictor(this.model);
    if (label === undefined || predict === undefined || !Object.hasOwn(rows.columns, label)) return;
    const given = column(rows, label).data as Int32Array;
    const fields = Object.keys(xFields(this.model.spec)).filter((name) => Object.hasOwn(rows.columns, name));
    const { names, best, probabilities, logProbabilities } = await predict(select(rows, fields));
    for (const [place, choice] of best.entries()) {
      const own = given[place]!;
      // A missing label is -1.
      if (own < 0) continue;
      this.labelled++;
      if (own === choice) this.right++;
      const at = place * names.length + own;
      this.loss -= logProbabilities?.[at] ?? Math.log(probabilities[at]!);
    }
  }

  get value(): Told | undefined {
    const { right, labelled, loss } = this;
    return labelled === 0 ? undefined : { accuracy: right / labelled, logLoss: loss / labelled };
  }
}
