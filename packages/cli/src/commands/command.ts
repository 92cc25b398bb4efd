import { defineCommand, type ArgsDef, type CommandDef } from "citty";
import { readFlags, type Flags } from "../arguments/flags.js";
import type { Io } from "../io.js";

/** A command of `gen`: what it is called with is declared here, what it does is imported when it runs. */
export interface Command {
  readonly define: (io: Io) => CommandDef;
  /** More help, of the thing that the first argument names. */
  readonly help?: (argument: string, io: Io) => Promise<string>;
}

interface Parts {
  readonly name: string;
  readonly description: string;
  readonly args: ArgsDef;
  /** Whether its last argument may be given more than once. */
  readonly several?: boolean;
  readonly run: (flags: Flags, io: Io) => Promise<void>;
  readonly help?: (argument: string, io: Io) => Promise<string>;
}

/** A command whose flags are all checked: an unknown one is an error, and one may be given several times. */
export const command = ({ name, description, args, several, run, help }: Parts): Command => ({
  define: (io) =>
    defineCommand({
      meta: { name, description },
      args,
      run: ({ rawArgs }) => run(readFlags(rawArgs, args, several), io),
    }),
  ...(help !== undefined && { help }),
});
