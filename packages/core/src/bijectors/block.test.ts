import { block } from "./block.js";
import { Exp } from "./exp.js";
import { Flip } from "./flip.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "block(Exp, 1)",
  create: () => block(new Exp(), 1),
  z: [2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: false,
});

bijectorProperties({
  name: "block(Flip, 1)",
  create: () => block(new Flip(), 1),
  z: [1, 2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: true,
});
