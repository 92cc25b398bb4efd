import { LogNormal, logNormal64 } from "./log-normal.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "LogNormal",
    parameters: { loc: 0.3, scale: 0.6 },
    create: (p) => new LogNormal(p),
    float64: logNormal64,
    inside: [0.2, 1.1, 4],
    outside: [-1, 0],
    pathwise: ["loc", "scale"],
    stretched: (factor) => ({ loc: Math.log(factor), scale: 0.6 }),
  },
  [0, Infinity],
);
