import { readFileSync } from "node:fs";
import { join } from "node:path";

/** MNIST as the peers read it: values 0 to 255, row-major, and labels. */
export interface Mnist {
  readonly train: Uint8Array;
  readonly trainLabels: Uint8Array;
  readonly test: Uint8Array;
  readonly testLabels: Uint8Array;
}

const idx = (folder: string, name: string, header: number): Uint8Array =>
  new Uint8Array(readFileSync(join(folder, name))).subarray(header);

/** Reads the plain idx files of a folder. */
export const readMnist = (folder: string): Mnist => ({
  train: idx(folder, "train-images-idx3-ubyte", 16),
  trainLabels: idx(folder, "train-labels-idx1-ubyte", 8),
  test: idx(folder, "t10k-images-idx3-ubyte", 16),
  testLabels: idx(folder, "t10k-labels-idx1-ubyte", 8),
});
