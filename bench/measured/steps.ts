// Takes steps of an item in this process; prints their times and the largest resident memory.
import type { Measurement } from "../child.js";
import { timeSteps } from "../items/timing.js";
import { programOf } from "../program.js";

async function measure({ item, ...given }: Measurement) {
  const program = await programOf(item);
  const training = await program.train!({ seed: 0, log: console.error, ...given });
  const times = await timeSteps(training.steps, given);
  return { ...times, backend: training.backend, peakMiB: process.resourceUsage().maxRSS / 2 ** 10 };
}

const given = JSON.parse(process.argv[2]!) as Measurement;
try {
  console.log(JSON.stringify(await measure(given)));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
process.exit(0);
