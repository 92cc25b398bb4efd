import { expect, it } from "vitest";
import { Averaged } from "./averaged.js";

it("is the mean of the weights at the end of each moment", () => {
  const changes = [
    [0, 1],
    [1, -2],
    [0, 3],
    [0, 0.5],
  ] as const;
  const [averaged, weights, total] = [new Averaged(2), [0, 0], [0, 0]];
  changes.forEach(([at, amount], i) => {
    averaged.advance();
    if (i !== 2) averaged.add(at, amount);
    if (i !== 2) weights[at]! += amount;
    weights.forEach((weight, j) => (total[j]! += weight));
  });
  expect([...averaged.current]).toEqual(weights);
  averaged.average().forEach((weight, j) => expect(weight).toBeCloseTo(total[j]! / 4, 12));
  const copy = new Averaged(2);
  copy.restore(averaged.state());
  expect(copy.average()).toEqual(averaged.average());
});
