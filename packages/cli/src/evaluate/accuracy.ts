import { column, predictor, select, xFields, yField, type Capable, type Rows } from "@gen/core";

/** Counts how often what is predicted is the label, or an element's tag; undefined where there is neither. */
export class Accuracy {
  private right = 0;
  private labelled = 0;

  constructor(private readonly model: Capable) {}

  async add(rows: Rows): Promise<void> {
    const label = yField(this.model.spec)?.name;
    const predict = predictor(this.model);
    if (label === undefined || predict === undefined || !Object.hasOwn(rows.columns, label)) return;
    const given = column(rows, label).data as Int32Array;
    const names = Object.keys(xFields(this.model.spec)).filter((name) => Object.hasOwn(rows.columns, name));
    const { best } = await predict(select(rows, names));
    for (const [place, choice] of best.entries()) {
      // A missing label is -1.
      if (given[place]! < 0) continue;
      this.labelled++;
      if (given[place] === choice) this.right++;
    }
  }

  get value(): number | undefined {
    return this.labelled === 0 ? undefined : this.right / this.labelled;
  }
}
