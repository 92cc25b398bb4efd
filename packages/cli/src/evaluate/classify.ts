import { extname, resolve } from "node:path";
import { predictor, withoutLabels, type DataSpec, type Prediction, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData, rowsOf } from "../data.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { checkWritable } from "../files/paths.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import { adapted, alike } from "./adapt.js";
import { Columns } from "./columns.js";
import { Table } from "./table.js";

/** What predictions are written into. */
export interface Written {
  /** Adds rows as the data have them, with what is predicted of them. */
  add(rows: Rows, prediction: Prediction): void;
  readonly contents: string;
}

/**
 * `gen classify`: for each row the likeliest class and the probability of every class, as CSV; of sequences for each
 * element its tag, or the hidden state where there are no tags, as CSV or in CoNLL's columns.
 */
export async function classifyData(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const out = flags.text("out");
  const written = writtenTo(out);
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
  const given = withoutLabels(dataset);
  const data = await adapted(given, model.spec, { address, io });
  const table = written(given.spec);
  const counts = new Counts();
  await naming(address, alike, async () => {
    const [asGiven, asKnown] = [rowsOf(given, 0, io.signal), rowsOf(data, 0, io.signal)];
    for await (const rows of asGiven) {
      const known = await asKnown.next();
      const prediction = await predict(known.value!);
      table.add(rows, prediction);
      counts.add(prediction);
    }
  });
  if (out === undefined) io.stdout.write(table.contents);
  else {
    await writeBeside(resolve(io.cwd, out), table.contents);
    line(io.stderr, `Wrote the classes of ${data.length} rows to ${out}.`);
  }
  if (flags.has("json"))
    line(
      io.stdout,
      JSON.stringify({ data: address, rows: data.length, classes: counts.all, out: out ?? null }),
    );
}

/** What a file's extension asks for. */
function writtenTo(out: string | undefined): (spec: DataSpec) => Written {
  const extension = out === undefined ? ".csv" : extname(out).toLowerCase();
  if (extension === ".csv") return (spec) => new Table(spec);
  if (extension === ".conll") return (spec) => new Columns(spec);
  throw new InputError(
    `Classes are written as CSV, and tags of sequences also in CoNLL's columns: "${out!}" must end in .csv or .conll.`,
  );
}

/** How often each class was chosen. */
class Counts {
  private names: readonly string[] = [];
  private readonly chosen = new Map<number, number>();

  add({ names, best }: Prediction): void {
    this.names = names;
    for (const choice of best) this.chosen.set(choice, (this.chosen.get(choice) ?? 0) + 1);
  }

  get all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.names.map((name, choice) => [name, this.chosen.get(choice) ?? 0]));
  }
}
