import { InputError } from "@gen/core/manifest";
import { integer, seedOf } from "../arguments/integer.js";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData, rowsOf } from "../data.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { line, type Io } from "../io.js";
import { figure } from "../words.js";
import { Accuracy } from "./accuracy.js";
import { adapt, alike } from "./adapt.js";
import { Scores, type Likelihood } from "./scores.js";

/** `gen eval`: how likely data are under a model, and how many labels it gets right. */
export async function evaluateModel(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const seed = seedOf(flags);
  const samples = integer(flags, "samples", { default: 1, minimum: 1 });
  await startBackend(flags, io);
  using model = await openModel(flags.positionals[0]!, io);
  const { dataset } = await openData(address, "test", io);
  const data = await naming(address, alike, () => adapt(dataset, model.spec));
  const scores = new Scores(model, { seed, samples });
  const accuracy = new Accuracy(model);
  await naming(address, alike, async () => {
    for await (const rows of rowsOf(data, seed, io.signal)) {
      await scores.add(rows);
      await accuracy.add(rows);
    }
  });
  const { likelihood, reason } = scores;
  if (likelihood === undefined && accuracy.value === undefined) {
    throw new InputError(
      `This model gives data no likelihood (${reason ?? "there are no rows"}), and there are no labels to compare with.`,
    );
  }
  line(io.stdout, likelihood === undefined ? `log p(x): none, ${reason ?? ""}` : told(likelihood, samples));
  if (accuracy.value !== undefined) line(io.stdout, `accuracy ${figure(accuracy.value)}`);
  const figures = {
    data: address,
    rows: data.length,
    likelihood: likelihood ?? null,
    reason: reason ?? null,
    accuracy: accuracy.value ?? null,
  };
  if (flags.has("json")) line(io.stdout, JSON.stringify(figures));
}

function told({ kind, natsPerRow, standardError, bitsPerDimension }: Likelihood, samples: number): string {
  const sign = kind === "exact" ? "=" : "≥";
  const how =
    kind === "exact" ? "exact" : `a lower bound of ${samples} ${samples === 1 ? "draw" : "draws"} per row`;
  return `log p(x) ${sign} ${figure(natsPerRow)} ± ${figure(standardError)} nats per row, ${figure(bitsPerDimension)} bits per dimension (${how})`;
}
