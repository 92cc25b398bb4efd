import { resolve } from "node:path";
import { sample, type DataSpec, type Rows } from "@gen/core";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { openModel } from "../files/model.js";
import { checkWritable } from "../files/paths.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import { fieldsOf } from "../output/fields.js";
import { printed, writerOf } from "../output/index.js";
import { drawing } from "./draw.js";

/** `gen sample`: draws of a model, in a file or on stdout. */
export async function sampleModel(flags: Flags, io: Io): Promise<void> {
  const out = flags.text("out");
  const write = out === undefined ? printed : writerOf(out);
  if (out !== undefined) await checkWritable(resolve(io.cwd, out), out);
  await startBackend(flags, io);
  using instance = await openModel(flags.positionals[0]!, io);
  const { model, draw } = drawing(instance, flags, io);
  const begun = performance.now();
  const rows = await sample(model, draw);
  const seconds = (performance.now() - begun) / 1000;
  const contents = write(rows, instance.spec);
  if (out === undefined) io.stdout.write(String(contents));
  else await writeBeside(resolve(io.cwd, out), contents);
  if (out !== undefined)
    line(io.stderr, `Wrote ${rows.length} samples to ${out}.${leftOut(out, rows, instance.spec)}`);
  if (flags.has("json")) line(io.stdout, JSON.stringify({ samples: rows.length, seconds, out: out ?? null }));
}

/** A note on the labels, which an array of numbers has no place for. */
function leftOut(out: string, rows: Rows, spec: DataSpec): string {
  const label = fieldsOf(rows, spec).find(([, { role }]) => role === "y")?.[0];
  return label === undefined || !out.toLowerCase().endsWith(".npy")
    ? ""
    : ` It leaves out the label "${label}", which a .csv or .json file keeps.`;
}
