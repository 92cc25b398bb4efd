// Takes many steps of an item in this process; prints what it holds after some of them and after all.
import { backend, memory } from "@tensorflow/tfjs-core";
import type { Tenure } from "../child.js";
import { programOf } from "../program.js";

/** Resident memory in MiB, and what the back end keeps. */
function held() {
  const { numTensors, numDataBuffers } = memory();
  const { sessions } = backend() as unknown as { sessions: { size: number } };
  return {
    residentMiB: process.memoryUsage.rss() / 2 ** 20,
    tensors: numTensors,
    buffers: numDataBuffers,
    sessions: sessions.size,
  };
}

const { item, early, late, ...given } = JSON.parse(process.argv[2]!) as Tenure;
const program = await programOf(item);
const { steps } = await program.train!({ seed: 0, log: console.error, ...given });
const iterator = steps[Symbol.asyncIterator]();
const after = async (from: number, to: number) => {
  for (let step = from; step < to; step++) await iterator.next();
  return held();
};
console.log(JSON.stringify({ early: await after(0, early), late: await after(early, late) }));
process.exit(0);
