import { Uniform, uniform64 } from "./uniform.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Uniform",
    parameters: { low: -0.7, high: 1.9 },
    create: (p) => new Uniform(p),
    float64: uniform64,
    inside: [-0.6, 0.1, 1.8],
    outside: [-0.8, 2, Infinity],
    pathwise: ["low", "high"],
    stretched: (factor) => ({ low: -0.7 * factor, high: 1.9 * factor }),
    scored: [],
  },
  [-0.7, 1.9],
);
