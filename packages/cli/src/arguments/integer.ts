import { parseSetting } from "@gen/core";
import type { Flags } from "./flags.js";

interface Range {
  readonly default: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** An integer among the flags. Throws `InputError` naming the flag, its range and what was given. */
export const integer = (flags: Flags, name: string, range: Range): number =>
  Number(parseSetting({ type: "integer", ...range }, flags.text(name) ?? String(range.default), `--${name}`));

/** The seed of all that a command draws, 0 by default. Throws `InputError` unless it is a 32-bit integer. */
export const seedOf = (flags: Flags): number =>
  integer(flags, "seed", { default: 0, minimum: 0, maximum: 2 ** 32 - 1 });
