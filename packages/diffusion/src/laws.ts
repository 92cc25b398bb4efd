import { slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key, Law } from "@gen/core";
import { normal } from "@gen/core/random";
import type { Denoise } from "./denoise.js";
import { levelAt } from "./schedule.js";
import { mixed } from "./targets.js";

/** Rows of noise that a law looks at. */
const count = 5;

/** Of float32 sums and quotients, relative to numbers near 1. */
const rounding = 1e-3;

/** What holds of every denoiser, whoever trained it. */
export const laws: readonly Law<"denoise">[] = [
  {
    id: "schedule",
    why: "What is left of the data falls to nearly nothing, at first by no more than its equal share, as the variances that are added say.",
    check({ schedule: { betas, alphaBars } }) {
      if (betas.length !== alphaBars.length)
        throw new Error(`there are ${betas.length} variances for ${alphaBars.length} times`);
      alphaBars.forEach((kept, t) => {
        const expected = (alphaBars[t - 1] ?? 1) * (1 - betas[t]!);
        if (!(Math.abs(kept - expected) <= 1e-9 * expected && kept > 0 && kept < (alphaBars[t - 1] ?? 1)))
          throw new Error(`at time ${t} there is ${kept} of the data left, not ${expected}`);
      });
      const [most, least] = [alphaBars[0]!, alphaBars.at(-1)!];
      if (least > 0.05) throw new Error(`at the last time there is still ${least} of the data left`);
      // Few times must each take much: the first takes at most its share of all that is taken, in logarithms.
      const share = least ** (1 / alphaBars.length);
      if (most < share * (1 - 1e-9))
        throw new Error(
          `the first of ${alphaBars.length} times leaves ${most} of the data, less than ${share}`,
        );
    },
  },
  {
    id: "parts",
    why: "What is expected of data and noise makes up x again, at every time and between times.",
    check(model, _, key) {
      for (const time of timesOf(model)) {
        tidy(() => {
          const x = noise(model, key.fold("x"));
          const level = levelAt(model.schedule, time);
          const again = mixed(model.denoise(x, time), level);
          ensureClose(`x at time ${time}`, again, x);
        });
      }
    },
  },
  {
    id: "rows",
    why: "Each row is denoised by itself, into finite numbers.",
    check(model, _, key) {
      for (const time of timesOf(model)) {
        tidy(() => {
          const x = noise(model, key.fold("x"));
          const whole = model.denoise(x, time);
          for (let i = 0; i < count; i++) {
            const one = model.denoise(row(x, i), time);
            for (const part of ["data", "noise"] as const)
              ensureClose(`row ${i + 1}'s ${part} at time ${time}`, one[part], row(whole[part], i));
          }
        });
      }
    },
  },
];

const timesOf = ({ schedule }: Denoise): readonly number[] => {
  const last = schedule.alphaBars.length - 1;
  return [0, last / 2.5, last];
};

const noise = ({ noisedShape }: Denoise, key: Key): Tensor => normal(key, [count, ...noisedShape]);

const row = (x: Tensor, i: number): Tensor => slice(x, i, 1);

function ensureClose(what: string, found: Tensor, expected: Tensor): void {
  const [numbers, others] = [found.dataSync(), expected.dataSync()];
  numbers.forEach((value: number, i: number) => {
    const other = others[i]!;
    if (!(Math.abs(value - other) <= rounding * Math.max(1, Math.abs(other))))
      throw new Error(`${what}: number ${i + 1} is ${value} where ${other} is expected`);
  });
}
