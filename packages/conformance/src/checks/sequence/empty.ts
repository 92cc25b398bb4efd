import { isInputError, read, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure, reasonOf } from "../../failure.js";
import { begun } from "./all-paths.js";
import { linesOf } from "./lines.js";

export const sequenceEmpty = ofCapability({
  id: "sequence-empty",
  capability: "sequence",
  why: "A sequence without elements has an empty path and a finite log-partition, or is refused by an InputError.",
  async run(model, subject) {
    const x = begun(slice(await subject.x(), 0, 1), 0);
    const ensureEmpty = (name: string, length: number): void =>
      ensure(length === 0, `${name} of an empty sequence has ${length} elements`);
    const asked: Readonly<Record<string, () => void | Promise<void>>> = {
      async logPartition() {
        const [value] = await read(model.logPartition(x));
        ensure(Number.isFinite(value), `the log-partition of an empty sequence is ${value}`);
      },
      marginals: () =>
        ensureEmpty("the marginals", linesOf("the marginals", model.marginals(x), x).lines[0]!.length),
      viterbi: () =>
        ensureEmpty("the likeliest path", linesOf("the path", model.viterbi(x), x).lines[0]!.length),
      bestPaths() {
        const [paths = []] = model.bestPaths(x, 2);
        ensure(paths.length > 0, "an empty sequence has no path, not even an empty one");
        for (const { path } of paths) ensureEmpty("a path", path.length);
      },
    };
    const refused: string[] = [];
    for (const [name, ask] of Object.entries(asked))
      try {
        await ask();
      } catch (error) {
        ensure(isInputError(error), `${name} of an empty sequence: ${reasonOf(error)}`);
        refused.push(name);
      }
    return refused.length === 0 ? "taken" : `refused by ${refused.join(", ")}`;
  },
});
