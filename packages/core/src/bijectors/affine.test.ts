import { Affine } from "./affine.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Affine",
  create: () => new Affine({ shift: 0.5, scale: -1.7 }),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: true,
});

bijectorProperties({
  name: "Affine by the logarithm of its scale",
  create: () => new Affine({ shift: 0.5, logScale: -0.7 }),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: true,
});
