import { readFileSync } from "node:fs";
import { join } from "node:path";
import { key, readSync, sample, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { argMax, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { fromHuggingFace } from "./hugging-face.js";
import { lineLogProbs, nextLogProbs } from "./log-prob.js";
import { overTokens } from "./tokens.js";

interface Oracle {
  readonly ids: number[][];
  readonly logits: number[][][];
  /** Σ log p(id_i | id_0 … id_i-1) from the second id on, in nats. */
  readonly sequenceLogProb: number[];
  readonly greedy: { readonly prompt: number[]; readonly ids: number[] };
}

const folder = join(
  process.env["GEN_ORACLES"] ?? join(import.meta.dirname, "../../../test/oracles"),
  "gpt2-tiny",
);
const oracle = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Oracle;
const load = () =>
  fromHuggingFace({
    config: readFileSync(join(folder, "config.json"), "utf8"),
    weights: readFileSync(join(folder, "model.safetensors")),
  });

beforeAll(() => useBackend("cpu"));

/** 2e-5 relative or absolute. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(error <= 2e-5)) expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
  }
}

describe("a GPT-2 of Hugging Face's form", () => {
  it("has the same logits", () => {
    const network = load();
    const logits = tidy(() =>
      network.logits(network.hidden(tensor(oracle.ids, undefined, "int32"))).dataSync(),
    );
    near(logits, oracle.logits.flat(2));
  });

  it("gives sequences the same probability", () => {
    const network = load();
    const lines = oracle.ids.map((line) => Int32Array.from(line));
    near(readSync(lineLogProbs(network, lines)), oracle.sequenceLogProb);
    const steps = nextLogProbs(network, Int32Array.from(oracle.ids.flat()), oracle.ids.length);
    const size = oracle.ids[0]!.length - 1;
    near(
      oracle.sequenceLogProb.map((_, i) => steps.slice(i * size, (i + 1) * size).reduce((a, b) => a + b, 0)),
      oracle.sequenceLogProb,
    );
  });

  it("continues greedily in the same way, without a cache and with", async () => {
    const network = load();
    const { prompt, ids } = oracle.greedy;
    const line = [...prompt];
    while (line.length < ids.length) {
      const next = tidy(() => {
        const logits = network.logits(network.hidden(tensor([line], undefined, "int32")));
        return Array.from(argMax(logits, -1).dataSync()).at(-1)!;
      });
      line.push(next);
    }
    expect(line).toEqual(ids);
    // The oracle's text begins with its prompt alone, so the prompt's first token takes the end token's place.
    const text = overTokens(network, { end: prompt[0]!, prefix: Int32Array.from(prompt.slice(1)) });
    const options = { temperature: 0, length: ids.length - prompt.length };
    const drawn: Rows = await sample(text, { key: key(1), count: 1, options });
    expect([prompt[0], ...(drawn.columns["tokens"]!.data as Int32Array)]).toEqual(ids);
  });
});
