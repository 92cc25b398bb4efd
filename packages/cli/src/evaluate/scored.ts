import type { Capable, Dataset } from "@gen/core";
import { rowsOf } from "../data.js";
import { Accuracy } from "./accuracy.js";
import { Reconstruction } from "./reconstruction.js";
import { Scores, type Likelihood } from "./scores.js";

/** What a model is worth on some data, as far as its capabilities tell. */
export interface Scored {
  readonly likelihood?: Likelihood;
  /** Why there is no likelihood. */
  readonly reason?: string;
  /** The share of labels that it gets right. */
  readonly accuracy?: number;
  /** The mean of -log p(label | x) over rows, or over elements with tags, in nats. */
  readonly logLoss?: number;
  /** The share of the variance that its reconstructions lose. */
  readonly lost?: number;
}

export interface Drawn {
  readonly seed: number;
  /** Draws that make a bound tighter. */
  readonly samples: number;
}

/** Scores all rows of data, some at a time; stops when interrupted. */
export async function scored(
  model: Capable,
  data: Dataset,
  { drawn, signal }: { readonly drawn: Drawn; readonly signal: AbortSignal },
): Promise<Scored> {
  const scores = new Scores(model, drawn);
  const accuracy = new Accuracy(model);
  const reconstruction = new Reconstruction(model);
  for await (const rows of rowsOf(data, drawn.seed, signal)) {
    await scores.add(rows);
    await accuracy.add(rows);
    await reconstruction.add(rows);
  }
  const { likelihood, reason } = scores;
  return {
    ...(likelihood === undefined ? { reason: reason ?? "there are no rows" } : { likelihood }),
    ...accuracy.value,
    ...(reconstruction.lost !== undefined && { lost: reconstruction.lost }),
  };
}
