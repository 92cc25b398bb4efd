import { Identity } from "./identity.js";
import { bijectorProperties } from "./testing/properties.js";

bijectorProperties({
  name: "Identity",
  create: () => new Identity(),
  z: [2, 2],
  values: [-1.5, -0.4, 0.2, 1.1],
  constantLogDet: true,
});
