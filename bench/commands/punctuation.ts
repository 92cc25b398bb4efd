import { useWorkers } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { defineCommand } from "citty";
import { readFileSync } from "node:fs";
import { tangFile } from "../data.js";
import { measurePunctuation, punctuationTable } from "../items/punctuation.js";
import { called, integer } from "../options.js";
import { machine } from "../report.js";
import { log, record } from "../results.js";

export const punctuation = defineCommand({
  meta: { name: "bench punctuation", description: "Marks of poems restored, by the poems learned from" },
  args: {
    threads: { type: "string", description: "Worker threads beside this one; 1: none", default: "2" },
    seed: { type: "string", description: "Seed", default: "0" },
    steps: { type: "string", description: "Evaluations of the field's likelihood, 100 by default" },
  },
  run: ({ args }) =>
    called(async () => {
      const steps = integer("steps", args.steps, 1);
      const [threads, seed] = [integer("threads", args.threads, 1)!, integer("seed", args.seed, 0)!];
      const where = machine();
      await useBackend("cpu");
      useWorkers(threads === 1 ? 0 : threads);
      const options = { threads, seed, log, ...(steps !== undefined && { steps }) };
      const points = await measurePunctuation(readFileSync(tangFile(), "utf8"), options);
      record("punctuation", `${where}. ${steps ?? 100} evaluations, seed ${seed}.`, punctuationTable(points));
    }),
});
