import { Gumbel, gumbel64 } from "./gumbel.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Gumbel",
    parameters: { loc: 0.4, scale: 1.3 },
    create: (p) => new Gumbel(p),
    float64: gumbel64,
    inside: [-3, -0.2, 0.5, 2.6],
    outside: [],
    pathwise: ["loc", "scale"],
    stretched: (factor) => ({ loc: 0.4 * factor, scale: 1.3 * factor }),
  },
  [-Infinity, Infinity],
);
