import { tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { InputError, key, readSafetensors, type NamedArray } from "@gen/core";
import { Transformer } from "./transformer.js";

/** The files of a GPT-2 folder in Hugging Face's form. */
export interface HuggingFaceFiles {
  /** The text of `config.json`. */
  readonly config: string;
  /** The bytes of `model.safetensors`. */
  readonly weights: Uint8Array;
}

interface Config {
  readonly vocab_size: number;
  readonly n_positions: number;
  readonly n_embd: number;
  readonly n_layer: number;
  readonly n_head: number;
  readonly layer_norm_epsilon: number;
}

const names: readonly (readonly [ours: RegExp, theirs: string])[] = [
  [/^token\/weight$/, "wte.weight"],
  [/^position\/weight$/, "wpe.weight"],
  [/^norm\/scale$/, "ln_f.weight"],
  [/^norm\/shift$/, "ln_f.bias"],
  [/^blocks\/(\d+)\/norm([12])\/scale$/, "h.$1.ln_$2.weight"],
  [/^blocks\/(\d+)\/norm([12])\/shift$/, "h.$1.ln_$2.bias"],
  [/^blocks\/(\d+)\/attention\/projection\/(weight|bias)$/, "h.$1.attn.c_attn.$2"],
  [/^blocks\/(\d+)\/attention\/output\/(weight|bias)$/, "h.$1.attn.c_proj.$2"],
  [/^blocks\/(\d+)\/expand\/(weight|bias)$/, "h.$1.mlp.c_fc.$2"],
  [/^blocks\/(\d+)\/contract\/(weight|bias)$/, "h.$1.mlp.c_proj.$2"],
];

/** The network of a GPT-2 folder. @throws InputError that names what is missing or has another shape. */
export function fromHuggingFace({ config, weights }: HuggingFaceFiles): Transformer {
  const sizes = parseConfig(config);
  const { tensors } = readSafetensors(weights);
  const network = new Transformer({
    levels: sizes.vocab_size,
    context: sizes.n_positions,
    width: sizes.n_embd,
    layers: sizes.n_layer,
    heads: sizes.n_head,
    epsilon: sizes.layer_norm_epsilon,
    // Every parameter is overwritten.
    key: key(0),
  });
  for (const [path, variable] of Object.entries(network.variables)) assign(variable, nameOf(path), tensors);
  return network;
}

function nameOf(path: string): string {
  const found = names.find(([ours]) => ours.test(path))!;
  return path.replace(found[0], found[1]);
}

function assign(variable: Variable, name: string, tensors: ReadonlyMap<string, NamedArray>): void {
  const saved = tensors.get(name) ?? tensors.get(`transformer.${name}`);
  if (!saved) throw new InputError(`The weights have no "${name}": this is not a GPT-2 model.`);
  if (saved.dtype !== "F32" || saved.shape.join() !== variable.shape.join())
    throw new InputError(
      `The weights' "${name}" is ${saved.dtype} [${saved.shape.join(", ")}] instead of F32 [${variable.shape.join(", ")}].`,
    );
  tidy(() => variable.assign(tensor(saved.data as Float32Array, [...saved.shape])));
}

function parseConfig(text: string): Config {
  let config: Partial<Config> & { readonly activation_function?: string };
  try {
    config = JSON.parse(text) as typeof config;
  } catch {
    throw new InputError("config.json is not JSON.");
  }
  for (const name of ["vocab_size", "n_positions", "n_embd", "n_layer", "n_head"] as const)
    if (!Number.isInteger(config[name]) || config[name]! < 1)
      throw new InputError(`config.json has no "${name}", which a GPT-2 model needs.`);
  const activation = config.activation_function ?? "gelu_new";
  if (activation !== "gelu_new")
    throw new InputError(`config.json asks for the activation "${activation}"; only "gelu_new" is known.`);
  return { layer_norm_epsilon: 1e-5, ...config } as Config;
}
