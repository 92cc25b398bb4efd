import { InputError } from "../errors.js";
import { type Description, readDescription, readTraining, type TrainingDescription } from "./description.js";
import { checksum, sections } from "./layout.js";
import { readSafetensors } from "./read-safetensors.js";
import type { TensorFile } from "./write-safetensors.js";

/** A model file, checked but for what only its plugin knows. */
export interface ModelFile {
  readonly description: Description;
  readonly training: TrainingDescription | undefined;
  readonly tensors: TensorFile["tensors"];
}

/** Opens a model file. Throws `InputError` naming what is wrong with it. */
export function open(bytes: Uint8Array): ModelFile {
  const file = readSafetensors(bytes);
  const description = readDescription(file.metadata);
  const training = readTraining(file.metadata);
  const claimed = file.metadata.get("checksum");
  if (claimed !== undefined && claimed !== checksum(file)) {
    throw new InputError(
      "The model file is damaged: its contents don't match its checksum; fetch or train it anew (who changed it on purpose takes the item checksum out of the metadata).",
    );
  }
  for (const name of file.tensors.keys()) {
    if (!Object.values(sections).some((prefix) => name.startsWith(prefix))) {
      throw new InputError(
        `Not a usable model file: the array ${JSON.stringify(name.slice(0, 80))} is of no known section.`,
      );
    }
  }
  return { description, training, tensors: file.tensors };
}
