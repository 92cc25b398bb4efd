import { softmax } from "../backend/engine.js";
import { download } from "../data/index.js";
import type { Rows } from "../data/types.js";
import type { Schema } from "../plugin/schema.js";
import type { Tree } from "../types.js";
import { owning, release, tidied } from "./tree.js";
import type { Candidate, Frame, SamplingProtocol, View } from "./types.js";

interface At {
  readonly step: number;
  readonly steps: number;
  readonly candidates: number;
}

/** What is to be seen of a state, as plain data in the data's units. */
export async function frame<O extends Schema>(
  protocol: SamplingProtocol<Tree, O>,
  state: Tree,
  { step, steps, candidates }: At,
): Promise<Frame> {
  const seen = owning(() => {
    const view: View = protocol.view(state);
    const probabilities = view.next && candidates > 0 ? softmax(view.next.distribution.logits) : undefined;
    return {
      x: view.x,
      latent: view.latent,
      expected: view.expected,
      probabilities,
      chosen: view.next?.chosen,
    };
  });
  const present = (rows: Rows): Promise<Rows> => presented(protocol, rows);
  try {
    return {
      step,
      steps,
      ...(seen.x ? { x: await present(seen.x) } : {}),
      ...(seen.latent ? { latent: await download(seen.latent) } : {}),
      ...(seen.expected ? { expected: await present(seen.expected) } : {}),
      ...(seen.probabilities && seen.chosen
        ? {
            candidates: likeliest(
              await seen.probabilities.data<"float32">(),
              await seen.chosen.data<"int32">(),
              candidates,
              protocol.alphabet?.names,
            ),
          }
        : {}),
    };
  } finally {
    release(seen, state);
  }
}

/** Rows of the model's space, downloaded, in the data's units. */
export async function presented<O extends Schema>(
  protocol: SamplingProtocol<Tree, O>,
  rows: Rows,
): Promise<Rows> {
  const plain = await download(rows);
  return tidied(() => protocol.present?.(plain) ?? plain);
}

/** For each row the likeliest symbols, and the chosen one in any case. */
function likeliest(
  probabilities: Float32Array,
  chosen: Int32Array,
  count: number,
  names: readonly string[] | undefined,
): Candidate[][] {
  const levels = probabilities.length / chosen.length;
  return Array.from(chosen, (symbol, row) => {
    const of = probabilities.subarray(row * levels, (row + 1) * levels);
    const best = Array.from(of.keys())
      .sort((a, b) => of[b]! - of[a]!)
      .slice(0, count);
    if (!best.includes(symbol)) best[best.length - 1] = symbol;
    return best.map((s) => ({ label: names?.[s] ?? String(s), probability: of[s]!, chosen: s === symbol }));
  });
}
