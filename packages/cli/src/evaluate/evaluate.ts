import { InputError } from "@gen/core/manifest";
import { integer, seedOf } from "../arguments/integer.js";
import type { Flags } from "../arguments/flags.js";
import { startBackend } from "../backend.js";
import { addressOf, openData } from "../data.js";
import { openModel } from "../files/model.js";
import { naming } from "../files/naming.js";
import { line, type Io } from "../io.js";
import { figure } from "../words.js";
import { adapted, alike } from "./adapt.js";
import { scored } from "./scored.js";
import type { Likelihood } from "./scores.js";

/** `gen eval`: how likely data are under a model, how well it tells labels, how much its codes keep. */
export async function evaluateModel(flags: Flags, io: Io): Promise<void> {
  const address = addressOf(flags);
  const drawn = { seed: seedOf(flags), samples: integer(flags, "samples", { default: 1, minimum: 1 }) };
  await startBackend(flags, io);
  using model = await openModel(flags.positionals[0]!, io);
  const { dataset } = await openData(address, "test", io);
  const data = await adapted(dataset, model.spec, { address, io });
  const { likelihood, reason, accuracy, logLoss, lost } = await naming(address, alike, () =>
    scored(model, data, { drawn, signal: io.signal }),
  );
  if (likelihood === undefined && accuracy === undefined && lost === undefined) {
    throw new InputError(
      `This model gives data no likelihood (${reason ?? ""}), and there are no labels to compare with.`,
    );
  }
  line(
    io.stdout,
    likelihood === undefined ? `log p(x): none, ${reason ?? ""}` : told(likelihood, drawn.samples),
  );
  if (accuracy !== undefined) line(io.stdout, `accuracy ${figure(accuracy)}`);
  if (logLoss !== undefined) line(io.stdout, `log-loss ${figure(logLoss)} nats per label`);
  if (lost !== undefined) line(io.stdout, `reconstruction loses ${figure(lost)} of the variance`);
  const figures = {
    data: address,
    rows: data.length,
    likelihood: likelihood ?? null,
    reason: reason ?? null,
    accuracy: accuracy ?? null,
    logLoss: logLoss ?? null,
    lost: lost ?? null,
  };
  if (flags.has("json")) line(io.stdout, JSON.stringify(figures));
}

function told(likelihood: Likelihood, samples: number): string {
  const { kind, natsPerRow, standardError, bitsPerDimension, given, of = "x" } = likelihood;
  const what = given === undefined ? of : `${of} | ${given.join(", ")}`;
  const sign = kind === "exact" ? "=" : "≥";
  const how =
    kind === "exact" ? "exact" : `a lower bound of ${samples} ${samples === 1 ? "draw" : "draws"} per row`;
  return `log p(${what}) ${sign} ${figure(natsPerRow)} ± ${figure(standardError)} nats per row, ${figure(bitsPerDimension)} bits per dimension (${how})`;
}
