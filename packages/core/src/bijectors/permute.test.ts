import { Permute } from "./permute.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Permute",
  create: () => new Permute({ permutation: [2, 0, 1] }),
  z: [2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: true,
});
