import { read, type Capable, type Rows, type ScoredPath } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { linesOf } from "./lines.js";

const count = 5;

export const sequencePaths = ofCapability({
  id: "sequence-paths",
  capability: "sequence",
  why: "The best paths have a tag for each element and come in the order of their scores, none above the log-partition, and the likeliest is the first.",
  async run(model, subject) {
    const x = await subject.x();
    const best = model.bestPaths(x, count);
    const fewer = model.bestPaths(x, 2);
    ensure(best.length === x.length, `${x.length} rows have best paths for ${best.length}`);
    const logPartition = await read(model.logPartition(x));
    for (const [row, paths] of best.entries()) {
      const name = `row ${row + 1}`;
      ensure(
        paths.length > 0 && paths.length <= count,
        `${paths.length} paths of ${name} where ${count} were asked`,
      );
      ensureOrdered(name, paths);
      const [{ score }] = paths as [ScoredPath];
      ensure(
        score <= logPartition[row]! + 1e-4,
        `a path of ${name} has a score of ${score}, above the log-partition of ${logPartition[row]}`,
      );
      const scores = (list: readonly ScoredPath[]): string =>
        list.map((path) => path.score.toPrecision(9)).join(", ");
      ensure(
        scores(fewer[row]!) === scores(paths.slice(0, 2)),
        `the best 2 paths of ${name} score ${scores(fewer[row]!)}, and of more ${scores(paths.slice(0, 2))}`,
      );
    }
    ensureLikeliest(model, x, best);
    return `${x.length} rows`;
  },
});

/** Fails unless scores fall. */
export function ensureOrdered(name: string, paths: readonly ScoredPath[]): void {
  const late = paths.findIndex(({ score }, i) => !(score <= (paths[i - 1]?.score ?? Infinity)));
  ensure(
    late === -1,
    `path ${late + 1} of ${name} scores ${paths[late]?.score} after ${paths[late - 1]?.score}`,
  );
}

/** Fails unless the likeliest path of each row is one of its best, with the score of the first. */
export function ensureLikeliest(
  model: Capable<"sequence">,
  x: Rows,
  best: readonly (readonly ScoredPath[])[],
): void {
  const { width } = linesOf("the marginals", model.marginals(x), x);
  const { lines } = linesOf("the likeliest path", model.viterbi(x), x);
  for (const [row, line] of lines.entries()) {
    const name = `row ${row + 1}`;
    const paths = best[row]!;
    for (const path of [line, ...paths.map((scored) => scored.path)]) {
      ensure(
        path.length === line.length,
        `a path of ${name} has ${path.length} elements, not ${line.length}`,
      );
      const wrong = path.find((tag) => !Number.isInteger(tag) || tag < 0 || tag >= width);
      ensure(wrong === undefined, `a path of ${name} has the tag ${wrong} among ${width}`);
    }
    const own = paths.find(({ path }) => path.join() === line.join())?.score ?? -Infinity;
    const first = paths[0]!.score;
    ensure(
      own >= first - 1e-6 * Math.max(1, Math.abs(first)),
      `the likeliest path of ${name} is ${line.join(" ")}, and ${paths[0]!.path.join(" ")} scores more`,
    );
  }
}
