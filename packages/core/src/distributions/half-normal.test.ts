import { HalfNormal, halfNormal64 } from "./half-normal.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "HalfNormal",
    parameters: { scale: 1.3 },
    create: (p) => new HalfNormal(p),
    float64: halfNormal64,
    inside: [0.2, 1.1, 4],
    outside: [-1, -1e-3],
    pathwise: ["scale"],
    stretched: (factor) => ({ scale: 1.3 * factor }),
  },
  [0, Infinity],
);
