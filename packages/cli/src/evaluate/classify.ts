import { resolve } from "node:path";
import { classifier, read, withoutLabels, type Rows } from "@gen/core";
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

/** `gen classify`: for each row the likeliest class and the probability of every class, as CSV. */
export async function classifyData(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const out = flags.text("out");
  if (out !== undefined && !out.endsWith(".csv"))
    throw new InputError(`Classes are written as CSV: "${out}" must end in .csv.`);
  if (out !== undefined) await checkWritable(resolve(io.cwd, out), out);
  await startBackend(flags, io);
  using model = await openModel(flags.positionals[0]!, io);
  const chooser = classifier(model);
  if (chooser === undefined) {
    const why = model.absent?.joint ?? model.absent?.classifier ?? "its family has none";
    throw new InputError(
      `This model has no classes (${why}); it can: ${[...model.capabilities].sort().join(", ")}.`,
    );
  }
  const { classes } = chooser;
  const { dataset } = await openData(address, "test", io);
  const data = withoutLabels(await naming(address, alike, () => adapt(dataset, model.spec)));
  const table: (string | number)[][] = [];
  await naming(address, alike, async () => {
    for await (const rows of rowsOf(data, 0, io.signal))
      table.push(...choices(await read(chooser.logPosterior(rows)), classes, rows));
  });
  const contents = `${Papa.unparse({ fields: ["class", ...classes.map((name) => `p(${name})`)], data: table }, { newline: "\n" })}\n`;
  if (out === undefined) io.stdout.write(contents);
  else await writeBeside(resolve(io.cwd, out), contents);
  const counts = Object.fromEntries(
    classes.map((name) => [name, table.filter(([chosen]) => chosen === name).length]),
  );
  if (flags.has("json"))
    line(io.stdout, JSON.stringify({ data: address, rows: data.length, classes: counts, out: out ?? null }));
}

function choices(
  logPosterior: Float64Array,
  classes: readonly string[],
  { length }: Rows,
): (string | number)[][] {
  return Array.from({ length }, (_, row) => {
    const of = logPosterior.subarray(row * classes.length, (row + 1) * classes.length);
    const best = of.reduce((most, value, k) => (value > of[most]! ? k : most), 0);
    return [classes[best]!, ...Array.from(of, (value) => Number(Math.exp(value).toPrecision(6)))];
  });
}
