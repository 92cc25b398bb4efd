import { Reshape } from "./reshape.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Reshape",
  create: () => new Reshape({ inShape: [4], outShape: [2, 2] }),
  z: [2, 4],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9, 0.3, 2],
  constantLogDet: true,
});
