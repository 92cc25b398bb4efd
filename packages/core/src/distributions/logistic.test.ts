import { Logistic, logistic64 } from "./logistic.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Logistic",
    parameters: { loc: 0.4, scale: 1.3 },
    create: (p) => new Logistic(p),
    float64: logistic64,
    inside: [-3, -0.2, 0.5, 2.6],
    outside: [],
    pathwise: ["loc", "scale"],
    stretched: (factor) => ({ loc: 0.4 * factor, scale: 1.3 * factor }),
  },
  [-Infinity, Infinity],
);
