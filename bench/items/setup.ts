import { enableProdMode, env, setBackend } from "@tensorflow/tfjs-core";
import { useWorkers, type TrainingEvent } from "@gen/core";
import { install, useBackend, type BackendName } from "@gen/core/backend";
import type { BenchOptions } from "../item.js";
import { timeSteps } from "./timing.js";

/** Makes the back end that is measured the one in use, with as many threads as the peer has. */
export async function setup({ published, threads, eager = false }: BenchOptions): Promise<BackendName> {
  useWorkers(threads > 1 ? threads : 0);
  if (published !== undefined) return usePublished(published);
  const used = await useBackend();
  if (used === "onnx") {
    env().set("ONNX_THREADS", threads);
    env().set("ONNX_COMPILED", !eager);
  }
  return used;
}

/** A back end of TensorFlow.js without the kernels that core adds; gradients are core's, as everywhere. */
async function usePublished(name: "wasm" | "cpu"): Promise<BackendName> {
  enableProdMode();
  await install();
  await import("@tensorflow/tfjs-backend-wasm");
  if (!(await setBackend(name))) throw new Error(`The back end ${name} does not start.`);
  return name;
}

/** So many steps that the reader decides when to stop. */
export const endless = Number.MAX_SAFE_INTEGER;

/** The steps of `fit`, without its other events. */
export async function* stepsOf(
  events: AsyncIterable<TrainingEvent>,
): AsyncGenerator<Extract<TrainingEvent, { type: "step" }>> {
  for await (const event of events) if (event.type === "step") yield event;
}

/** The times of an item's steps when it is run alone. */
export const stepTimes = (
  steps: AsyncIterable<unknown>,
  { steps: count }: BenchOptions,
): Promise<Record<string, number>> => timeSteps(steps, { warmup: 5, least: 10, seconds: 10, steps: count });
