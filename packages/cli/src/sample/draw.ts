import { demand, has, key, predictor, type AnyInstance, type Capable, type Draw } from "@gen/core";
import { InputError, isInputError } from "@gen/core/manifest";
import { assignments } from "../arguments/assignments.js";
import type { Flags } from "../arguments/flags.js";
import { integer, seedOf } from "../arguments/integer.js";
import { settings } from "../arguments/settings.js";
import type { Io } from "../io.js";
import { underCondition } from "./condition.js";

/** What a draw is made of: the model under its condition, and the protocol's options. */
export interface Drawing {
  readonly model: Capable<"sample">;
  readonly draw: Draw;
}

/** Reads a draw from the flags. Throws `InputError` for options that the model's protocol does not have. */
export function drawing(instance: AnyInstance, flags: Flags, io: Io): Drawing {
  const model = sampler(underCondition(instance, flags, io), flags.positionals[0]!);
  const schemas = { options: model.protocol.options };
  const { options } = settings(schemas, assignments(flags, "set"), "sampling");
  return {
    model,
    draw: {
      key: key(seedOf(flags)),
      count: integer(flags, "count", { default: 1, minimum: 1 }),
      options: options as NonNullable<Draw["options"]>,
      signal: io.signal,
    },
  };
}

/** The model, which must draw. An `InputError` about one that doesn't tells what it is for. */
function sampler(model: Capable, file: string): Capable<"sample"> {
  try {
    return demand(model, "sample");
  } catch (error) {
    const instead = insteadOf(model, file);
    if (!isInputError(error) || instead === undefined) throw error;
    throw new InputError(`${error.message.replace(/\.$/, "")}; ${instead}.`, { cause: error });
  }
}

/** What a model is for that doesn't draw; undefined where that isn't known. */
function insteadOf(model: Capable, file: string): string | undefined {
  if (has(model, "codec"))
    return `gen reconstruct shows what its codes keep, and gen train FAMILY --over ${file} makes a model of them that draws`;
  const classes =
    predictor(model) &&
    `gen classify ${file} --data … tells the ${has(model, "sequence") ? "tags" : "classes"} of data`;
  if (!has(model, "conditional")) return classes;
  const given = Object.keys(model.condition.fields).map((name) => `--given ${name}=…`);
  return [`it draws when ${given.join(" ")} is there`, ...(classes ? [classes] : [])].join(", and ");
}
