// Takes the first step of an item in this process; prints how long its compiling took.
import { backend } from "@tensorflow/tfjs-core";
import type { Given } from "../child.js";
import { programOf } from "../program.js";

type Compile = (...given: unknown[]) => unknown;

/** Adds up the time of a back end's compiling from now on. */
function watched(): { milliseconds: number; graphs: number } {
  const compiler = backend() as unknown as { readonly compile: Compile };
  const { compile } = compiler;
  const spent = { milliseconds: 0, graphs: 0 };
  const value: Compile = (...given) => {
    const begun = performance.now();
    const graph = compile(...given);
    spent.milliseconds += performance.now() - begun;
    spent.graphs++;
    return graph;
  };
  Object.defineProperty(compiler, "compile", { value });
  return spent;
}

const { item, ...given } = JSON.parse(process.argv[2]!) as Given;
const program = await programOf(item);
const { steps } = await program.train!({ seed: 0, log: console.error, ...given });
const spent = watched();
const begun = performance.now();
await steps[Symbol.asyncIterator]().next();
const firstStepMs = performance.now() - begun;
console.log(JSON.stringify({ compileMs: spent.milliseconds, graphs: spent.graphs, firstStepMs }));
process.exit(0);
