import { classifier, classify, column, yField, type Capable, type Rows } from "@gen/core";

/** Counts how often the likeliest class is the label; undefined where there is no class or no label. */
export class Accuracy {
  private right = 0;
  private labelled = 0;

  constructor(private readonly model: Capable) {}

  async add(rows: Rows): Promise<void> {
    const label = yField(this.model.spec)?.name;
    const chooser = classifier(this.model);
    if (label === undefined || chooser === undefined || !Object.hasOwn(rows.columns, label)) return;
    const { data } = column(rows, label);
    const chosen = await classify(chooser, withoutColumn(rows, label));
    for (const [row, choice] of chosen.entries()) {
      const truth = Number((data as Int32Array)[row]);
      // A missing label is -1.
      if (truth < 0) continue;
      this.labelled++;
      if (truth === choice) this.right++;
    }
  }

  get value(): number | undefined {
    return this.labelled === 0 ? undefined : this.right / this.labelled;
  }
}

/** A classifier's rows carry no label. */
const withoutColumn = (rows: Rows, label: string): Rows => ({
  length: rows.length,
  columns: Object.fromEntries(Object.entries(rows.columns).filter(([name]) => name !== label)),
});
