import { defineCommand } from "citty";
import { barTable } from "../bars.js";
import { UsageError } from "../item.js";
import { measurePoints, seeds } from "../items/points.js";
import { called, integer } from "../options.js";
import { machine } from "../report.js";
import { log, record } from "../results.js";

export const points = defineCommand({
  meta: { name: "bench points", description: "How far points that families draw are from held-out ones" },
  args: {
    quality: { type: "boolean", description: "Train, and compare the points", default: false },
    threads: { type: "string", description: "Threads", default: "2" },
    seed: {
      type: "string",
      description: `The first of ${seeds} seeds of data, training and samples`,
      default: "0",
    },
    steps: { type: "string", description: "Training steps instead of each family's budget" },
  },
  run: ({ args }) =>
    called(async () => {
      if (!args.quality) throw new UsageError("The points tell of quality only: add --quality.");
      const steps = integer("steps", args.steps, 1);
      const [threads, seed] = [integer("threads", args.threads, 1)!, integer("seed", args.seed, 0)!];
      const where = machine();
      const rows = await measurePoints({ threads, seed, log, ...(steps !== undefined && { steps }) });
      const how = `threads ${threads}, seeds ${seed} to ${seed + seeds - 1}, steps ${steps ?? "of the budget"}`;
      record("points, quality", `${where}. ${how}.`, barTable(rows));
    }),
});
