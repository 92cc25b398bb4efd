import { useBackend, type BackendName } from "@gen/core/backend";
import { InputError } from "@gen/core/manifest";
import type { Flags } from "./arguments/flags.js";
import { line, type Io } from "./io.js";

const names = ["auto", "onnx", "wasm", "cpu"] as const;
const isName = (name: string): name is (typeof names)[number] => names.some((known) => known === name);

/** Starts the back end that was asked for and says which it is. Throws `InputError` when it isn't there. */
export async function startBackend(flags: Flags, io: Io): Promise<BackendName> {
  const name = flags.text("backend") ?? "auto";
  if (!isName(name)) throw new InputError(`--backend must be one of ${names.join(", ")}, but is "${name}".`);
  const started = await useBackend(name);
  line(io.stderr, `Back end: ${started}.`);
  return started;
}
