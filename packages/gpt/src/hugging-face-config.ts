import { InputError } from "@gen/core";
import type { TransformerOptions } from "./transformer.js";

/** GPT-2's tanh form of GELU under its two names. */
const activations: readonly unknown[] = ["gelu_new", "gelu_pytorch_tanh"];

/** Settings that change the architecture, with the value that GPT-2 has. */
const fixed: Readonly<Record<string, boolean>> = {
  scale_attn_weights: true,
  scale_attn_by_inverse_layer_idx: false,
  tie_word_embeddings: true,
  add_cross_attention: false,
};

/** The sizes in a GPT-2's `config.json`. @throws InputError for what is missing or not GPT-2's. */
export function parseConfig(text: string): Omit<TransformerOptions, "key"> {
  const config = parsed(text);
  const count = (name: string): number => {
    const value = config[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1)
      throw new InputError(`config.json has no usable "${name}", which a GPT-2 model needs.`);
    return value;
  };
  const activation = config["activation_function"] ?? activations[0];
  if (!activations.includes(activation))
    throw new InputError(
      `config.json asks for the activation ${JSON.stringify(activation)}; only "gelu_new" is known.`,
    );
  for (const [name, value] of Object.entries(fixed))
    if ((config[name] ?? value) !== value)
      throw new InputError(
        `config.json sets "${name}" to ${JSON.stringify(config[name])}, which GPT-2 does not.`,
      );
  const epsilon = config["layer_norm_epsilon"] ?? 1e-5;
  if (typeof epsilon !== "number" || !(epsilon > 0))
    throw new InputError(`config.json's "layer_norm_epsilon" is not a positive number.`);
  return {
    levels: count("vocab_size"),
    context: count("n_positions"),
    width: count("n_embd"),
    layers: count("n_layer"),
    heads: count("n_head"),
    epsilon,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError("config.json is not JSON.", { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InputError("config.json is not a JSON object.");
  return value as Readonly<Record<string, unknown>>;
}
