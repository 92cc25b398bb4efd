import { Affine } from "./affine.js";
import { invert } from "./invert.js";
import { Reshape } from "./reshape.js";
import { Softplus } from "./softplus.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "invert(Affine)",
  create: () => invert(new Affine({ shift: 0.5, scale: -1.7 })),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: true,
});

bijectorProperties({
  name: "invert(Softplus)",
  create: () => invert(new Softplus()),
  z: [4],
  values: [0.5, 0.9, 1.7, 2.6],
  constantLogDet: false,
});

bijectorProperties({
  name: "invert(Reshape)",
  create: () => invert(new Reshape({ inShape: [4], outShape: [2, 2] })),
  z: [1, 2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: true,
});
