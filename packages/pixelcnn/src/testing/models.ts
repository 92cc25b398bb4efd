import { key, type DataSpec } from "@gen/core";
import { normals } from "@gen/core/random";
import { tensor, tidy } from "@tensorflow/tfjs-core";
import { madeModel, type MadeConfig } from "../made/model.js";
import type { PixelModel } from "../pixel-model.js";
import { pixelCnnModel, type PixelCnnConfig } from "../pixelcnn/model.js";

export type Family = "made" | "pixelcnn";

type Make = (spec: DataSpec, own?: Partial<MadeConfig & PixelCnnConfig>) => PixelModel;

const likelihood = { likelihood: "softmax", components: 2 } as const;

/** A small model of each family, whose pixels depend much on each other. */
export const families: Readonly<Record<Family, Make>> = {
  made: (spec, own) => widened(madeModel(spec, { hidden: 24, layers: 2, ...likelihood, ...own }, key(1))),
  pixelcnn: (spec, own) =>
    widened(pixelCnnModel(spec, { channels: 4, blocks: 2, ...likelihood, ...own }, key(1))),
};

/** Draws all parameters anew; rectified units are mostly on, and no pixel is nearly certain. */
function widened(model: PixelModel): PixelModel {
  Object.entries(model.variables).forEach(([path, variable], i) => {
    const shift = /\d+\/bias$/.test(path) ? 4 : 0;
    const scale = path.startsWith("network/last/") ? 0.1 : 0.5;
    const values = normals(key(2).fold(i), variable.size).map((value) => scale * value + shift);
    tidy(() => variable.assign(tensor(values, variable.shape)));
  });
  return model;
}
