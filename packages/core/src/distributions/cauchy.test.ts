import { Cauchy, cauchy64 } from "./cauchy.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Cauchy",
    parameters: { loc: 0.4, scale: 1.3 },
    create: (p) => new Cauchy(p),
    float64: cauchy64,
    inside: [-3, -0.2, 0.5, 2.6],
    outside: [],
    pathwise: ["loc", "scale"],
    stretched: (factor) => ({ loc: 0.4 * factor, scale: 1.3 * factor }),
  },
  [-Infinity, Infinity],
);
