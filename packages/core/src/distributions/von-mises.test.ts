import { VonMises, vonMises64 } from "./von-mises.js";
import { continuousProperties } from "./testing/properties.js";

continuousProperties(
  {
    name: "VonMises",
    parameters: { loc: 0.4, concentration: 1.7 },
    create: (p) => new VonMises(p),
    float64: vonMises64,
    inside: [-2.5, 0.1, 1.9],
    outside: [],
    pathwise: ["loc"],
    stretched: (factor) => ({ loc: 0.4, concentration: 1.7 / factor }),
  },
  [-Math.PI, Math.PI],
);
