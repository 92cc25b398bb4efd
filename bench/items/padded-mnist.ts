import { dataset, rows, type Dataset, type DataSpec } from "@gen/core";
import { readMnist } from "./mnist.js";

const [inner, side, border] = [28, 32, 2];
const shape = [side, side, 1];
const spec: DataSpec = {
  kind: "images",
  fields: { image: { type: "category", levels: 256, ordered: true, shape } },
};

/** MNIST's training or test images with a border of two black pixels. */
export function paddedMnist(folder: string, part: "train" | "test"): Dataset {
  const levels = readMnist(folder)[part];
  const count = levels.length / inner ** 2;
  const data = new Uint8Array(count * side ** 2);
  for (let i = 0; i < count * inner; i++) {
    const [image, row] = [Math.floor(i / inner), i % inner];
    data.set(levels.subarray(i * inner, (i + 1) * inner), (image * side + row + border) * side + border);
  }
  return dataset(spec, rows({ image: { data, shape } }));
}
