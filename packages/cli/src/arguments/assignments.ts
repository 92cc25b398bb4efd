import { InputError } from "@gen/core/manifest";
import type { Flags } from "./flags.js";

/** The `name=value` of a repeatable flag, in order. Throws `InputError` on one without a name or "=". */
export function assignments(flags: Flags, flag: string): readonly (readonly [name: string, value: string])[] {
  return flags.all(flag).map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new InputError(`--${flag} takes name=value, but was given "${text}".`);
    return [text.slice(0, at).trim(), text.slice(at + 1)];
  });
}
