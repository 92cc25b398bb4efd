import { InputError } from "../../errors.js";
import type { Json } from "../../types.js";
import { arrayFrom, objectFrom, textFrom, type JsonObject } from "../json.js";
import type { Encoding } from "../types.js";
import { binariseFromJson } from "./binarise.js";
import { charactersFromJson } from "./characters.js";
import { dequantiseFromJson } from "./dequantise.js";
import { identityFromJson } from "./identity.js";
import { logitFromJson } from "./logit.js";
import { oneHotFromJson } from "./one-hot.js";
import { pcaFromJson } from "./pca.js";
import { pipe } from "./pipe.js";
import { scaleFromJson, scaleLevelsFromJson } from "./scale.js";
import { standardiseFromJson } from "./standardise.js";

/** Revives the encodings that it knows. */
export type Reviver = (json: Json) => Encoding | undefined;

const table: Readonly<Record<string, (json: JsonObject) => Encoding>> = {
  binarise: binariseFromJson,
  characters: charactersFromJson,
  dequantise: dequantiseFromJson,
  identity: identityFromJson,
  logit: logitFromJson,
  oneHot: oneHotFromJson,
  pca: pcaFromJson,
  scale: scaleFromJson,
  scaleLevels: scaleLevelsFromJson,
  standardise: standardiseFromJson,
};

/** Pipes within each other: a pipe is written flat. */
const deepest = 4;

/**
 * An encoding from what its `toJSON` gave. The revivers are asked first, in their order: a plugin's for encodings
 * that only it knows, and one for the first stage that a "codec" goes through.
 *
 * Throws `InputError` on an encoding that nobody knows and on damaged parameters.
 */
export function reviveEncoding(json: Json, revivers: readonly Reviver[] = [], depth = 0): Encoding {
  for (const reviver of revivers) {
    const encoding = reviver(json);
    if (encoding !== undefined) return encoding;
  }
  const object = objectFrom(json, "encoding");
  const id = textFrom(object.id, "encoding's id");
  if (id === "pipe" && depth < deepest) {
    return pipe(
      ...arrayFrom(object.parts, "encoding's parts").map((part) => reviveEncoding(part, revivers, depth + 1)),
    );
  }
  if (id === "codec") {
    throw new InputError(
      "The file's encoding goes through a first stage that the file doesn't hold; save the model again with it.",
    );
  }
  const known = Object.hasOwn(table, id) ? table[id] : undefined;
  if (known !== undefined) return known(object);
  throw new InputError(
    `The file's encoding "${id.slice(0, 80)}" is not known; install the plugin and version that wrote the file.`,
  );
}
