import { Sigmoid } from "./sigmoid.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Sigmoid",
  create: () => new Sigmoid(),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: false,
  unreachable: [-1, 0, 1, 2, NaN],
});
