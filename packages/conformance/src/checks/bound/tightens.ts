import { has, read, type Key } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { standardErrors } from "../../numbers/dkwm.js";
import { estimate } from "../../numbers/mean.js";

const repeats = { smoke: 8, full: 64 } as const;
const many = 8;

export const boundTightens = ofCapability({
  id: "bound-tightens",
  capability: "bound",
  why: "More samples make the bound no looser on average, and it stays below an exact log p(x).",
  async run(model, subject) {
    const x = await subject.x(32);
    const loose: number[] = [];
    const tight: number[] = [];
    const key = subject.key.fold("tightens");
    const bound = async (into: number[], own: Key, samples: number): Promise<void> => {
      into.push(...(await read(model.elbo(x, own, samples))));
    };
    for (let i = 0; i < repeats[subject.level]; i++) {
      await bound(loose, key.fold("loose").fold(i), 1);
      await bound(tight, key.fold("tight").fold(i), many);
    }
    const gain = estimate(Float64Array.from(tight, (value, i) => value - loose[i]!));
    const told = `${many} samples raise the bound by ${gain.mean.toFixed(4)} (standard error ${gain.error.toFixed(4)})`;
    ensure(gain.mean >= -standardErrors * gain.error - rounding, told);
    if (has(model, "density")) {
      const exact = await read(model.logProb(x));
      const room = estimate(Float64Array.from(tight, (value, i) => exact[i % exact.length]! - value));
      ensure(
        room.mean >= -standardErrors * room.error - rounding,
        `the bound is ${(-room.mean).toFixed(4)} above log p(x) (standard error ${room.error.toFixed(4)})`,
      );
    }
    return told;
  },
});

/** Of float32 sums, in nats. */
const rounding = 1e-3;
