import { all, dataset, demand, read, rows, type Dataset } from "@gen/core";
import { realnvp } from "@gen/flows";
import { familyProgram } from "./family.js";
import { hashNormal } from "./hash.js";

/** The peers' two moons: 5000 points of the outer half circle, then 5000 of the inner one. */
function moons(seed: number): Dataset {
  const noise = hashNormal(seed, 20_000);
  const data = Float64Array.from({ length: 20_000 }, (_, i) => {
    const [point, coordinate] = [i >> 1, i & 1];
    const angle = (Math.PI * (point % 5000)) / 4999;
    const outer = coordinate === 0 ? Math.cos(angle) : Math.sin(angle);
    const inner = coordinate === 0 ? 1 - Math.cos(angle) : 0.5 - Math.sin(angle);
    return (point < 5000 ? outer : inner) + 0.05 * noise[i]!;
  });
  const spec = { kind: "points", fields: { x: { type: "real", shape: [2] } } } as const;
  return dataset(spec, rows({ x: { data, shape: [2] } }));
}

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

export default familyProgram({
  item: "realnvp-2d",
  plugin: realnvp,
  data: () => moons(101),
  batch: 256,
  steps: 3000,
  async score(model) {
    const test = await all(moons(202));
    const nats = -mean(await read(demand(model, "density").logProb(test)));
    // Of points standardised as the training points are: log |det| of that map is the same everywhere.
    const { encoding } = model;
    const logDeviation = -mean(await read(encoding.logDet(test, encoding.encode(test))));
    return { testNll: nats - logDeviation, testNllUnstandardised: nats };
  },
});
