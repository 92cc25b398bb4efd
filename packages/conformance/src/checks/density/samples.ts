import { column, has, read, sample } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { sampleSize } from "../../numbers/dkwm.js";
import { largestGap } from "../../numbers/gap.js";
import { overPlane } from "./plane.js";

/** The gap between distribution functions that is sure to be found. */
const gaps = { smoke: 0.1, full: 0.03 } as const;
/** Cells along an axis, so that a staircase over cells is far nearer to the distribution function than the gap. */
const resolutions = { smoke: 200, full: 800 } as const;

export const densitySamples = ofCapability({
  id: "density-samples",
  capability: "density",
  why: "Samples over the plane are distributed as the density says: so are their log p(x) and their projections on lines.",
  kinds: ["points"],
  async run(model, subject) {
    if (!has(model, "sample")) return null;
    const gap = gaps[subject.level];
    const count = sampleSize(gap);
    const rows = await sample(model, { key: subject.key.fold("density-samples"), count });
    const name = Object.keys(rows.columns).find((other) => subject.data.spec.fields[other]?.role !== "y")!;
    const drawn = Float64Array.from(column(rows, name).data as ArrayLike<number>);
    const { cells, logProb, mass, total } = await overPlane(
      model,
      await subject.x(Infinity),
      resolutions[subject.level],
    );
    const weights = mass.map((m) => m / total);

    const compare = (what: string, draws: Float64Array, values: Float64Array): number => {
      const found = largestGap(draws, { values, weights });
      ensure(
        found <= gap / 2,
        `${what} of ${count} samples has a distribution function ${found.toFixed(4)} away from the density's, more than ${gap / 2}`,
      );
      return found;
    };
    const found = [compare("log p(x)", await read(model.logProb(rows)), logProb)];
    const angles = uniforms64(subject.key.fold("angles"), 3);
    for (const angle of angles.map((u) => Math.PI * u)) {
      const project = (xy: Float64Array): Float64Array =>
        Float64Array.from(
          { length: xy.length / 2 },
          (_, i) => xy[2 * i]! * Math.cos(angle) + xy[2 * i + 1]! * Math.sin(angle),
        );
      found.push(compare(`the projection at ${angle.toFixed(2)} radians`, project(drawn), project(cells)));
    }
    return `${count} samples find a gap of ${gap} with error rates of 1e-6; the largest seen is ${Math.max(...found).toFixed(4)}`;
  },
});
