import { Tanh } from "./tanh.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Tanh",
  create: () => new Tanh(),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: false,
  unreachable: [-2, -1, 1, NaN],
});
