import { useWorkers } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { sources } from "@gen/datasets";
import { defineCommand } from "citty";
import { measurePunctuation, punctuationTable } from "../items/punctuation.js";
import { called, integer } from "../options.js";
import { machine } from "../report.js";
import { log, record } from "../results.js";

export const punctuation = defineCommand({
  meta: { name: "bench punctuation", description: "Marks of poems restored, by the poems learned from" },
  args: {
    threads: { type: "string", description: "Worker threads beside this one; 1: none", default: "2" },
    seed: { type: "string", description: "Seed", default: "0" },
  },
  run: ({ args }) =>
    called(async () => {
      const [threads, seed] = [integer("threads", args.threads, 1)!, integer("seed", args.seed, 0)!];
      const where = machine();
      await useBackend("cpu");
      useWorkers(threads === 1 ? 0 : threads);
      const poems = sources.find(({ id }) => id === "tang-poems-tagged")!;
      const points = await measurePunctuation(await poems.load("all"), { seed, log });
      record("punctuation", `${where}. Seed ${seed}.`, punctuationTable(points));
    }),
});
