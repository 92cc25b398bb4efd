import { klMonteCarlo, read } from "@gen/core";
import { tidy } from "@tensorflow/tfjs-core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { standardErrors } from "../../numbers/dkwm.js";
import { ensureFinite } from "../../numbers/compare.js";

const draws = { smoke: 500, full: 10_000 } as const;

export const latentDivergence = ofCapability({
  id: "latent-divergence",
  capability: "latent",
  why: "KL(q(z | x) || p(z)), where it has a closed form, is not negative and is what draws of q(z | x) say.",
  async run(model, subject) {
    const x = await subject.x();
    const samples = draws[subject.level];
    const [closed, value, error] = tidy(() => {
      const [q, prior] = [model.encode(x), model.prior];
      const exact = q.klTo?.(prior);
      if (!exact) return [];
      const drawn = klMonteCarlo(q, prior, { key: subject.key.fold("divergence"), samples });
      return [exact, drawn.value, drawn.standardError];
    });
    if (!closed || !value || !error) return "has no closed form";
    const [exact, estimated, errors] = [await read(closed), await read(value), await read(error)];
    ensureFinite("KL(q(z | x) || p(z))", exact);
    exact.forEach((divergence, row) => {
      ensure(divergence >= -1e-5, `KL(q(z | x) || p(z)) is ${divergence} in row ${row + 1}`);
      const away = Math.abs(divergence - estimated[row]!);
      ensure(
        away <= (standardErrors + 0.2) * errors[row]! + 1e-3,
        `KL(q(z | x) || p(z)) is ${divergence} in row ${row + 1}, but ${samples} draws say ${estimated[row]!} (standard error ${errors[row]!})`,
      );
    });
    return `${samples} draws agree`;
  },
});
