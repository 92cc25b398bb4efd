import { resolve } from "node:path";
import { offsetsOf, predictor, withoutLabels, type Prediction, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData, rowsOf } from "../data.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { checkWritable } from "../files/paths.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import Papa from "papaparse";
import { adapt, alike } from "./adapt.js";

/**
 * `gen classify`: for each row the likeliest class and the probability of every class, as CSV; of sequences for each
 * element its tag, or the hidden state where there are no tags.
 */
export async function classifyData(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const out = flags.text("out");
  if (out !== undefined && !out.endsWith(".csv"))
    throw new InputError(`Classes are written as CSV: "${out}" must end in .csv.`);
  if (out !== undefined) await checkWritable(resolve(io.cwd, out), out);
  await startBackend(flags, io);
  using model = await openModel(flags.positionals[0]!, io);
  const predict = predictor(model);
  if (predict === undefined) {
    const why = model.absent?.joint ?? model.absent?.classifier ?? "its family has none";
    throw new InputError(
      `This model has no classes (${why}); it can: ${[...model.capabilities].sort().join(", ")}.`,
    );
  }
  const { dataset } = await openData(address, "test", io);
  // Labels are not looked at: they may be of classes that the model does not know.
  const data = await naming(address, alike, () => adapt(dataset, withoutLabels(model.spec)));
  const table = new Table();
  await naming(address, alike, async () => {
    for await (const rows of rowsOf(data, 0, io.signal)) table.add(rows, await predict(rows));
  });
  if (out === undefined) io.stdout.write(table.csv);
  else {
    await writeBeside(resolve(io.cwd, out), table.csv);
    line(io.stderr, `Wrote the classes of ${data.length} rows to ${out}.`);
  }
  if (flags.has("json"))
    line(
      io.stdout,
      JSON.stringify({ data: address, rows: data.length, classes: table.counts, out: out ?? null }),
    );
}

/** Predictions, a line for each; those of sequences begin with the numbers of row and element. */
class Table {
  private readonly lines: (string | number)[][] = [];
  private names: readonly string[] = [];
  private rows = 0;
  private hasElements = false;

  add({ length }: Rows, { names, best, probabilities, lengths }: Prediction): void {
    this.names = names;
    this.hasElements = lengths !== undefined;
    const offsets = lengths && offsetsOf({ data: best, shape: [], lengths });
    for (let row = 0; row < length; row++) {
      const [begin, end] = offsets ? [offsets[row]!, offsets[row + 1]!] : [row, row + 1];
      for (let at = begin; at < end; at++)
        this.lines.push([
          ...(offsets ? [this.rows + row + 1, at - begin + 1] : []),
          names[best[at]!]!,
          ...Array.from(probabilities.subarray(at * names.length, (at + 1) * names.length), (p) =>
            Number(p.toPrecision(6)),
          ),
        ]);
    }
    this.rows += length;
  }

  get csv(): string {
    const fields = [
      ...(this.hasElements ? ["row", "element"] : []),
      "class",
      ...this.names.map((name) => `p(${name})`),
    ];
    return `${Papa.unparse({ fields, data: this.lines }, { newline: "\n" })}\n`;
  }

  /** How often each class was chosen. */
  get counts(): Readonly<Record<string, number>> {
    const place = this.hasElements ? 2 : 0;
    return Object.fromEntries(
      this.names.map((name) => [name, this.lines.filter((line) => line[place] === name).length]),
    );
  }
}
