import { TruncatedNormal, truncatedNormal64 } from "./truncated-normal.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "TruncatedNormal",
    parameters: { loc: 0.4, scale: 1.3, low: -0.8, high: 2.1 },
    create: (p) => new TruncatedNormal(p),
    float64: truncatedNormal64,
    inside: [-0.7, 0.4, 2],
    outside: [-1, 2.2, Infinity],
    pathwise: ["loc", "scale", "low", "high"],
    stretched: (factor) => ({
      loc: 0.4 * factor,
      scale: 1.3 * factor,
      low: -0.8 * factor,
      high: 2.1 * factor,
    }),
    scored: ["loc", "scale"],
  },
  [-0.8, 2.1],
);
