import { Beta, beta64 } from "./beta.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "Beta",
    parameters: { concentration1: 2.5, concentration0: 1.6 },
    create: (p) => new Beta(p),
    float64: beta64,
    inside: [0.1, 0.45, 0.9],
    outside: [-0.1, 0, 1, 2],
  },
  [0, 1],
);
