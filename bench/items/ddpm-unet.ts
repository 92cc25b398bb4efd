import { broadcastTo, tensor } from "@tensorflow/tfjs-core";
import { ddpm } from "../models/ddpm-unet.js";
import { images } from "../models/images.js";
import { hashNormal } from "./hash.js";
import { meanOver } from "./mean-over.js";
import { networkProgram } from "./network.js";

const scaled = (folder: string) => images(folder, (level) => (2 * level) / 255 - 1, true);
const [tested, part, pixels] = [2000, 100, 1024];

export default networkProgram({
  item: "ddpm-unet",
  make: ddpm,
  table: ({ mnist }) => scaled(mnist!).train,
  steps: () => 2000,
  score(denoiser, { mnist }) {
    const { data, shape } = scaled(mnist!).test;
    const noise = Float32Array.from(hashNormal(11, tested * pixels));
    const first = { data: data.subarray(0, tested * pixels), length: tested, shape };
    const testEpsLoss = meanOver(first, part, (x, from) => {
      const times = Int32Array.from({ length: part }, (_, i) => (997 * (from + i)) % 1000);
      const drawn = tensor(noise.subarray(from * pixels, (from + part) * pixels), x.shape);
      // The mean of a part stands for each of its rows.
      return broadcastTo(denoiser.error(x, tensor(times), drawn), [part]);
    });
    return { testEpsLoss };
  },
});
