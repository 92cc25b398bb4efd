import { images } from "../models/images.js";
import { pixelCnn } from "../models/pixelcnn.js";
import { meanOver } from "./mean-over.js";
import { networkProgram } from "./network.js";

const binary = (folder: string) => images(folder, (level) => Number(level > 127));

export default networkProgram({
  item: "pixelcnn",
  make: pixelCnn,
  table: ({ mnist }) => binary(mnist!).train,
  steps: ({ epochs = 2 }) => 937 * epochs,
  score: (network, { mnist }) => ({
    testNatsPerImage: meanOver(binary(mnist!).test, 200, (x) => network.negativeLogLikelihood(x)),
  }),
});
