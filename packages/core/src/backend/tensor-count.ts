import { memory } from "./engine.js";

/** The number of tensors that are alive, for tests of leaks. */
export const tensorCount = (): number => memory().numTensors;
