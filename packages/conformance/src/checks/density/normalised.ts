import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { overPlane } from "./plane.js";

const tolerance = 1e-2;

export const densityNormalised = ofCapability({
  id: "density-normalised",
  capability: "density",
  why: "A density over the plane has the integral 1.",
  kinds: ["points"],
  async run(model, subject) {
    const { total, mass } = await overPlane(model, await subject.x(Infinity));
    const told = `the integral over ${mass.length} cells is ${total.toFixed(5)}`;
    ensure(Math.abs(total - 1) <= tolerance, told);
    return told;
  },
});
