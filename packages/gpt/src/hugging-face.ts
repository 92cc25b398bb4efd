import { tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { InputError, key, readSafetensors, type NamedArray } from "@gen/core";
import { disposeAll } from "@gen/nn";
import { parseConfig } from "./hugging-face-config.js";
import { Transformer } from "./transformer.js";

/** The files of a GPT-2 folder in Hugging Face's form. */
export interface HuggingFaceFiles {
  /** The text of `config.json`. */
  readonly config: string;
  /** The bytes of `model.safetensors`. */
  readonly weights: Uint8Array;
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

/**
 * The network of a GPT-2 folder, the caller's to dispose; `overTokens` makes it a model.
 * Throws `InputError` that names what is missing, has another shape or is not GPT-2's.
 */
export function fromHuggingFace({ config, weights }: HuggingFaceFiles): Transformer {
  const sizes = parseConfig(config);
  const { tensors } = readSafetensors(weights);
  // Every parameter is overwritten: the key doesn't matter.
  const network = new Transformer({ ...sizes, key: key(0) });
  try {
    for (const [path, variable] of Object.entries(network.variables)) assign(variable, nameOf(path), tensors);
  } catch (error) {
    disposeAll(network.variables);
    throw error;
  }
  return network;
}

function nameOf(path: string): string {
  const found = names.find(([ours]) => ours.test(path))!;
  return path.replace(found[0], found[1]);
}

function assign(variable: Variable, name: string, tensors: ReadonlyMap<string, NamedArray>): void {
  const saved = tensors.get(name) ?? tensors.get(`transformer.${name}`);
  if (!saved) throw new InputError(`The weights have no "${name}": this is not a GPT-2 model.`);
  const { data, dtype, shape } = saved;
  if (!(data instanceof Float32Array) || shape.join() !== variable.shape.join())
    throw new InputError(
      `The weights' "${name}" is ${dtype} [${shape.join(", ")}] instead of F32 [${variable.shape.join(", ")}].`,
    );
  // Copied, because the cpu back end keeps the array it is given.
  tidy(() => variable.assign(tensor(data.slice(), [...shape])));
}
