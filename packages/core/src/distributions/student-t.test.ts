import { StudentT, studentT64 } from "./student-t.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "StudentT",
    parameters: { df: 5.5, loc: 0.4, scale: 1.3 },
    create: (p) => new StudentT(p),
    float64: studentT64,
    inside: [-3, -0.2, 0.5, 2.6],
    outside: [],
    pathwise: ["loc", "scale"],
    stretched: (factor) => ({ df: 5.5, loc: 0.4 * factor, scale: 1.3 * factor }),
  },
  [-Infinity, Infinity],
);
