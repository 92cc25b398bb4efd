import { add, mul, sub } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { uniform } from "@gen/core/random";
import { glow } from "../models/glow-mnist.js";
import { images } from "../models/images.js";
import { meanOver } from "./mean-over.js";
import { networkProgram } from "./network.js";

const levels = (folder: string) => images(folder, (level) => level, true);
const dimension = 1024;

export default networkProgram({
  item: "glow-mnist",
  make: glow,
  table: ({ mnist }) => levels(mnist!).train,
  steps: () => 937,
  score(flow, { mnist }) {
    const noise = key(1234);
    const nats = meanOver(levels(mnist!).test, 250, (x, from) => {
      const dequantised = mul(add(x, uniform(noise.fold(from), x.shape)), 1 / 256);
      return flow.negativeLogLikelihood(sub(dequantised, 0.5));
    });
    return { testBitsPerDim: nats / dimension / Math.LN2 + 8, testNatsPerImage784: nats };
  },
});
