import { resolve } from "node:path";
import {
  concatenate,
  demand,
  reconstruction,
  take,
  withoutLabels,
  type DataSpec,
  type Rows,
} from "@gen/core";
import { integer } from "../arguments/integer.js";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData } from "../data.js";
import { adapted, alike } from "../evaluate/adapt.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { checkWritable } from "../files/paths.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";
import { printed, writerOf } from "../output/index.js";
import { across, png } from "../output/png.js";

/** `gen reconstruct`: what a codec's codes keep of the first rows of some data. */
export async function reconstructData(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const count = integer(flags, "count", { default: 16, minimum: 1 });
  const out = flags.text("out");
  const write = writing(out);
  if (out !== undefined) await checkWritable(resolve(io.cwd, out), out);
  await startBackend(flags, io);
  using instance = await openModel(flags.positionals[0]!, io);
  const model = demand(instance, "codec");
  const { dataset } = await openData(address, "test", io);
  const data = withoutLabels(await adapted(dataset, model.spec, { address, io }));
  const x = await data.take(Int32Array.from({ length: Math.min(count, data.length) }, (_, i) => i));
  const again = await naming(address, alike, () => reconstruction(model, x));
  const contents = write(x, again, data.spec);
  if (out === undefined) io.stdout.write(String(contents));
  else {
    await writeBeside(resolve(io.cwd, out), contents);
    line(io.stderr, `Wrote ${x.length} reconstructions to ${out}.`);
  }
  if (flags.has("json")) line(io.stdout, JSON.stringify({ data: address, rows: x.length, out: out ?? null }));
}

type Write = (x: Rows, again: Rows, spec: DataSpec) => string | Uint8Array;

/** Pictures stand beside what they are of; all else is the reconstructions alone. */
function writing(out: string | undefined): Write {
  if (out?.toLowerCase().endsWith(".png") === true) return pairs;
  const write = out === undefined ? printed : writerOf(out);
  return (_, again, spec) => write(again, spec);
}

function pairs(x: Rows, again: Rows, spec: DataSpec): Uint8Array {
  const order = Int32Array.from({ length: 2 * x.length }, (_, i) =>
    i % 2 === 0 ? i / 2 : x.length + (i - 1) / 2,
  );
  const both = take(concatenate([x, again]), order);
  return png(both, spec, 2 * across(Math.ceil(x.length / 2)));
}
