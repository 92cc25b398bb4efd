import { Flip } from "./flip.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Flip",
  create: () => new Flip(),
  z: [2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: true,
});
