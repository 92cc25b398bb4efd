import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** MNIST as the peers read it: values 0 to 255, row-major, and labels. */
export interface Mnist {
  readonly train: Uint8Array;
  readonly trainLabels: Uint8Array;
  readonly test: Uint8Array;
  readonly testLabels: Uint8Array;
}

const idx = (folder: string, name: string, header: number): Uint8Array =>
  new Uint8Array(contents(join(folder, name))).subarray(header);

const contents = (path: string): Buffer =>
  existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));

/** Reads the idx files of a folder, plain or compressed. */
export const readMnist = (folder: string): Mnist => ({
  train: idx(folder, "train-images-idx3-ubyte", 16),
  trainLabels: idx(folder, "train-labels-idx1-ubyte", 8),
  test: idx(folder, "t10k-images-idx3-ubyte", 16),
  testLabels: idx(folder, "t10k-labels-idx1-ubyte", 8),
});
