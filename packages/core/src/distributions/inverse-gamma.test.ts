import { InverseGamma, inverseGamma64 } from "./inverse-gamma.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "InverseGamma",
    parameters: { concentration: 4.5, rate: 1.3 },
    create: (p) => new InverseGamma(p),
    float64: inverseGamma64,
    inside: [0.1, 0.3, 0.9],
    outside: [-1, 0],
    pathwise: ["rate"],
    stretched: (factor) => ({ concentration: 4.5, rate: 1.3 * factor }),
  },
  [0, Infinity],
);
