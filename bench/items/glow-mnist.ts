import { bitsPerDimension, chunks, key, score } from "@gen/core";
import { glow } from "@gen/flows";
import { familyProgram } from "./family.js";
import { paddedMnist } from "./padded-mnist.js";

const dimension = 1024;

export default familyProgram({
  item: "glow-mnist",
  plugin: glow,
  data: ({ mnist }) => paddedMnist(mnist!, "train"),
  batch: 64,
  steps: 937,
  async score(model, { mnist }) {
    const noise = key(1234);
    let bits = 0;
    let parts = 0;
    for await (const rows of chunks(paddedMnist(mnist!, "test"), 250)) {
      const found = await score(model, rows, { key: noise.fold(parts++) });
      if (found.kind === "none") throw new Error(found.reason);
      bits += bitsPerDimension(found);
    }
    const testBitsPerDim = bits / parts;
    // The peer's nats are those of pixels on [-1/2, 1/2), where a level is 1/256 wide.
    return { testBitsPerDim, testNatsPerImage784: (testBitsPerDim - 8) * Math.LN2 * dimension };
  },
});
