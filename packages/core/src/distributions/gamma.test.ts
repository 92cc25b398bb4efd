import { Gamma, gamma64 } from "./gamma.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Gamma",
    parameters: { concentration: 2.5, rate: 1.3 },
    create: (p) => new Gamma(p),
    float64: gamma64,
    inside: [0.2, 1.1, 4],
    outside: [-1, 0],
    pathwise: ["rate"],
    stretched: (factor) => ({ concentration: 2.5, rate: 1.3 / factor }),
  },
  [0, Infinity],
);
