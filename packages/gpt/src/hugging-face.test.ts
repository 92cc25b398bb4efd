import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, key, readSafetensors, sample, writeSafetensors, type NamedArray } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { fromHuggingFace } from "./hugging-face.js";
import { overTokens } from "./tokens.js";

const folder = join(import.meta.dirname, "../../../test/oracles/gpt2-tiny");
const config = readFileSync(join(folder, "config.json"), "utf8");
const weights = readFileSync(join(folder, "model.safetensors"));

beforeAll(() => useBackend("cpu"));

const withConfig = (changes: object): string =>
  JSON.stringify({ ...(JSON.parse(config) as object), ...changes });

function withTensors(change: (tensors: Map<string, NamedArray>) => void): Uint8Array {
  const { metadata, tensors } = readSafetensors(weights);
  const changed = new Map(tensors);
  change(changed);
  return writeSafetensors({ metadata, tensors: changed });
}

describe("a Hugging Face folder is refused in one sentence", () => {
  const wrong: NamedArray = { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) };
  const half: NamedArray = { dtype: "I32", shape: [32], data: new Int32Array(32) };
  it.each<[string, { config?: string; weights?: Uint8Array }, RegExp]>([
    ["broken JSON", { config: "{" }, /^config.json is not JSON\.$/],
    ["no object", { config: "[]" }, /^config.json is not a JSON object\.$/],
    ["no size", { config: withConfig({ n_layer: undefined }) }, /no usable "n_layer"/],
    ["a size of no sense", { config: withConfig({ n_embd: -3 }) }, /no usable "n_embd"/],
    ["another activation", { config: withConfig({ activation_function: "relu" }) }, /activation "relu"/],
    ["an output of its own", { config: withConfig({ tie_word_embeddings: false }) }, /"tie_word_embeddings"/],
    ["epsilon 0", { config: withConfig({ layer_norm_epsilon: 0 }) }, /"layer_norm_epsilon"/],
    ["heads that don't divide", { config: withConfig({ n_head: 5 }) }, /5 heads don't divide a width of 32/],
    [
      "other sizes",
      { config: withConfig({ vocab_size: 98 }) },
      /"wte.weight" is F32 \[97, 32\] instead of F32 \[98, 32\]/,
    ],
    ["sizes that fill the memory", { config: withConfig({ n_layer: 1e9 }) }, /choose fewer layers/],
    [
      "a missing tensor",
      { weights: withTensors((t) => t.delete("h.1.mlp.c_fc.bias")) },
      /no "h.1.mlp.c_fc.bias"/,
    ],
    [
      "a tensor of another shape",
      { weights: withTensors((t) => t.set("ln_f.bias", wrong)) },
      /"ln_f.bias" is F32 \[2\]/,
    ],
    [
      "a tensor of another type",
      { weights: withTensors((t) => t.set("ln_f.bias", half)) },
      /"ln_f.bias" is I32 \[32\]/,
    ],
    ["weights cut off", { weights: weights.subarray(0, 1000) }, /safetensors/],
  ])("%s", (_, files, message) => {
    const before = memory().numTensors;
    const open = () => fromHuggingFace({ config, weights, ...files });
    expect(open).toThrow(InputError);
    expect(open).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });
});

it("takes tensors with the prefix that some files have", () => {
  const prefixed = withTensors((tensors) => {
    for (const [name, array] of [...tensors]) {
      tensors.delete(name);
      tensors.set(`transformer.${name}`, array);
    }
  });
  expect(fromHuggingFace({ config, weights: prefixed }).levels).toBe(97);
});

it("samples and scores token ids, from a prompt too", async () => {
  const network = fromHuggingFace({ config, weights });
  const text = overTokens(network, { end: 0, length: 50, prefix: Int32Array.of(5, 6) });
  const drawn = await sample(text, { key: key(2), count: 3 });
  const { data, lengths } = drawn.columns["tokens"]!;
  for (const row of [0, 1, 2])
    expect(Array.from((data as Int32Array).slice(row * lengths![0]!, row * lengths![0]! + 2))).toEqual([
      5, 6,
    ]);
  expect(text.logProb(drawn).shape).toEqual([3]);
});
