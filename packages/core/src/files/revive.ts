import { reviveEncoding, sameSpec, throughCodec } from "../data/index.js";
import type { Encoding } from "../data/types.js";
import { has } from "../capabilities/index.js";
import { InputError, isInputError } from "../errors.js";
import { assemble } from "../plugin/assemble.js";
import { withLabels } from "../plugin/first-stage.js";
import { createRegistry } from "../plugin/registry.js";
import type { AnyInstance, Model, Plugin } from "../plugin/types.js";
import { validate } from "../plugin/validate.js";
import { key } from "../random/index.js";
import type { NamedArray } from "../training/types.js";
import type { Description } from "./description.js";
import { section, sections } from "./layout.js";

type Arrays = ReadonlyMap<string, NamedArray>;

/** Builds the model that a description and its arrays tell of. Throws `InputError`, and leaves nothing behind then. */
export function revive(description: Description, arrays: Arrays, plugins: readonly Plugin[]): AnyInstance {
  const plugin = createRegistry(...plugins).get(description.plugin);
  const { id } = plugin.manifest;
  const config = validate(plugin.manifest.model, description.config, `The file's configuration of ${id}`);
  const over = description.over && revive(description.over, section(arrays, sections.over), plugins);
  try {
    const encoding = guarded("encoding", () => reviveOwn(plugin, description, over));
    const state = section(arrays, sections.model);
    const saved = [...state.values()].reduce((sum, { data }) => sum + data.length, 0);
    const inner = guarded("configuration", () =>
      plugin.build({ spec: encoding.to, config, key: key(0).fold("model"), saved }),
    );
    restoreInto(inner, state);
    return assemble({ plugin, config, encoding, inner, ...(over !== undefined && { over }), ownsOver: true });
  } catch (error) {
    over?.[Symbol.dispose]();
    throw error;
  }
}

function reviveOwn(
  plugin: Plugin,
  { encoding: json, spec }: Description,
  over: AnyInstance | undefined,
): Encoding {
  const first = over !== undefined && has(over, "codec") ? throughCodec(withLabels(over, spec)) : undefined;
  const encoding = reviveEncoding(json, [
    (part) => plugin.revive?.(part),
    (part) => (JSON.stringify(part) === JSON.stringify(first?.toJSON()) ? first : undefined),
  ]);
  if (!sameSpec(encoding.from, spec)) {
    throw new InputError("The file's encoding and its data specification are of different data.");
  }
  return encoding;
}

function restoreInto(inner: Model, state: Arrays): void {
  try {
    guarded("arrays", () => inner.restore(state));
  } catch (error) {
    inner[Symbol.dispose]();
    throw error;
  }
}

/** Runs a plugin's code on what a file says: whatever it throws is the file's fault. */
export function guarded<T>(what: string, piece: () => T): T {
  try {
    return piece();
  } catch (cause) {
    if (isInputError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Not a usable model file: its ${what} can't be used (${reason}).`, { cause });
  }
}
