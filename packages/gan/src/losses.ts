import { add, mean, neg, relu, softplus, sub, type Scalar, type Tensor } from "@tensorflow/tfjs-core";

/** What critic and generator minimise, from the critic's logits. */
export interface Loss {
  critic(real: Tensor, fake: Tensor): Scalar;
  generator(fake: Tensor): Scalar;
}

export type LossName = "non-saturating" | "hinge" | "wasserstein";

export const losses: Readonly<Record<LossName, Loss>> = {
  /** -log D(x) - log(1 - D(G(z))) and -log D(G(z)) (Generative adversarial nets, Goodfellow et al., 2014). */
  "non-saturating": {
    critic: (real, fake) => add(mean<Scalar>(softplus(neg(real))), mean<Scalar>(softplus(fake))),
    generator: (fake) => mean<Scalar>(softplus(neg(fake))),
  },
  /** Margins of 1 (Geometric GAN, Lim & Ye, 2017). */
  hinge: {
    critic: (real, fake) => add(mean<Scalar>(relu(sub(1, real))), mean<Scalar>(relu(add(fake, 1)))),
    generator: (fake) => neg(mean<Scalar>(fake)),
  },
  /** Minus the dual form of the Wasserstein-1 distance (Wasserstein GAN, Arjovsky, Chintala & Bottou, 2017). */
  wasserstein: {
    critic: (real, fake) => sub(mean<Scalar>(fake), mean<Scalar>(real)),
    generator: (fake) => neg(mean<Scalar>(fake)),
  },
};
