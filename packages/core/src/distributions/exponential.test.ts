import { Exponential, exponential64 } from "./exponential.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Exponential",
    parameters: { rate: 1.3 },
    create: (p) => new Exponential(p),
    float64: exponential64,
    inside: [0.2, 1.1, 4],
    outside: [-1, -1e-3],
    pathwise: ["rate"],
    stretched: (factor) => ({ rate: 1.3 / factor }),
  },
  [0, Infinity],
);
