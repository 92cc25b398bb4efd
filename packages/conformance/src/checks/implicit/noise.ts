import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";
import { tidied } from "../../tensors.js";

const count = 16;

export const implicitNoise = ofCapability({
  id: "implicit-noise",
  capability: "implicit",
  why: "Noise has a distribution over one vector for each row, which draws alike from the same key and finds its draws possible.",
  run(model, { key }) {
    return tidied(() => {
      const { noise } = model;
      ensure(noise.batchShape.length === 0, `the noise has the batch [${noise.batchShape.join(", ")}]`);
      ensure(noise.eventShape.length > 0, "the noise of a row is no vector");
      const z = noise.sample(key.fold("noise"), [count]);
      const shape = [count, ...noise.eventShape];
      ensure(
        z.shape.join() === shape.join(),
        `draws have the shape [${z.shape.join(", ")}] instead of [${shape.join(", ")}]`,
      );
      const again = noise.sample(key.fold("noise"), [count]);
      ensureClose("noise from the same key", again.dataSync(), z.dataSync(), 0);
      const logProb = noise.logProb(z);
      ensure(
        logProb.shape.join() === String(count),
        `log p(z) has the shape [${logProb.shape.join(", ")}] instead of [${count}]`,
      );
      ensureFinite("log p(z) of draws", Float64Array.from(logProb.dataSync()));
      return `${noise.eventShape.join(" × ")} numbers for each row`;
    });
  },
});
