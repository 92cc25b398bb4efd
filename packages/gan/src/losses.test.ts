import { grad, scalar, sub, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { losses } from "./losses.js";

beforeAll(() => useBackend("cpu"));

const real = [2, -1, 0.5];
const fake = [0.3, -3, 1.5];
const value = (make: () => Tensor): number => tidy(() => make().dataSync()[0]!);
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const both = (of: "non-saturating" | "hinge" | "wasserstein"): [number, number] => [
  value(() => losses[of].critic(tensor(real), tensor(fake))),
  value(() => losses[of].generator(tensor(fake))),
];

it("are those of their papers", () => {
  const expected = {
    "non-saturating": [
      mean(real.map((r) => softplus(-r))) + mean(fake.map(softplus)),
      mean(fake.map((f) => softplus(-f))),
    ],
    hinge: [
      mean(real.map((r) => Math.max(0, 1 - r))) + mean(fake.map((f) => Math.max(0, 1 + f))),
      -mean(fake),
    ],
    wasserstein: [mean(fake) - mean(real), -mean(fake)],
  };
  for (const [name, values] of Object.entries(expected))
    both(name as keyof typeof expected).forEach((found, i) => expect(found).toBeCloseTo(values[i]!, 5));
});

describe("the non-saturating loss", () => {
  it("of a critic that can't tell is 2 log 2: the Jensen-Shannon divergence is 0", () => {
    const blind = value(() => losses["non-saturating"].critic(tensor([0, 0]), tensor([0, 0])));
    expect(blind).toBeCloseTo(2 * Math.LN2, 6);
  });

  it("has the saturating loss's gradient where the critic can't tell, and more where it can", () => {
    const slope = (f: (logit: Tensor) => Tensor, at: number): number =>
      tidy(() => grad(f)(scalar(at)).dataSync()[0]!);
    const saturating = (logit: Tensor): Tensor => sub(0, losses["non-saturating"].generator(sub(0, logit)));
    const own = (logit: Tensor): Tensor => losses["non-saturating"].generator(logit);
    expect(slope(own, 0)).toBeCloseTo(slope(saturating, 0), 6);
    expect(Math.abs(slope(own, -4))).toBeGreaterThan(50 * Math.abs(slope(saturating, -4)));
  });
});
