import type { Tensor } from "@tensorflow/tfjs-core";
import { klMonteCarlo, type Discrete, type Distribution, type Key, type Latent, type Rows } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { tidied } from "../../tensors.js";
import { ensureFinite } from "../../numbers/compare.js";
import { standardErrors } from "../../numbers/dkwm.js";

const draws = { smoke: 500, full: 10_000 } as const;
/** Of float32 sums, in nats. */
const rounding = 1e-3;

export const latentDivergence = ofCapability({
  id: "latent-divergence",
  capability: "latent",
  why: "KL(q(z | x) || p(z)), where it has a closed form, is not negative and is what the sum over codes or draws of q(z | x) say.",
  async run(model, subject) {
    const x = await subject.x();
    const samples = draws[subject.level];
    const { exact, expected, errors } = tidied(() =>
      divergences(model, x, samples, subject.key.fold("divergence")),
    );
    if (!exact) return "has no closed form";
    ensureFinite("KL(q(z | x) || p(z))", exact);
    exact.forEach((divergence, row) => {
      ensure(divergence >= -1e-5, `KL(q(z | x) || p(z)) is ${divergence} in row ${row + 1}`);
      ensure(
        Math.abs(divergence - expected[row]!) <= standardErrors * (errors?.[row] ?? 0) + rounding,
        `KL(q(z | x) || p(z)) is ${divergence} in row ${row + 1} instead of ${expected[row]!} (standard error ${errors?.[row] ?? 0})`,
      );
    });
    return errors ? `${samples} draws agree` : "the sum over codes agrees";
  },
});

interface Divergences {
  readonly exact?: Float64Array;
  readonly expected: Float64Array;
  /** Standard errors, when drawn. */
  readonly errors?: Float64Array;
}

function divergences(model: Latent, x: Rows, samples: number, key: Key): Divergences {
  const [q, prior] = [model.encode(x), model.prior];
  const closed = q.klTo?.(prior);
  if (!closed) return { expected: new Float64Array() };
  const exact = numbersOf(closed);
  if (isDiscrete(q) && isDiscrete(prior))
    return { exact, expected: enumerated(numbersOf(q.logits), numbersOf(prior.logits)) };
  const { value, standardError } = klMonteCarlo(q, prior, { key, samples });
  return { exact, expected: numbersOf(value), errors: numbersOf(standardError) };
}

const numbersOf = (tensor: Tensor): Float64Array => Float64Array.from(tensor.dataSync());

/** Whether it is over categories, with normalised log-probabilities on the last axis. */
const isDiscrete = (distribution: Distribution & Partial<Discrete>): distribution is Discrete =>
  distribution.logits?.rank === distribution.batchShape.length + 1 && distribution.eventShape.length === 0;

/** Σ_z q(z) (log q(z) - log p(z)) for each row of q. */
function enumerated(q: Float64Array, p: Float64Array): Float64Array {
  const result = new Float64Array(q.length / p.length);
  q.forEach((logit, i) => {
    if (logit > -Infinity) result[Math.floor(i / p.length)]! += Math.exp(logit) * (logit - p[i % p.length]!);
  });
  return result;
}
