import { split, tanh, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { Affine, invert, MaskedCoupling, SplitCoupling, type Bijector, type Key } from "@gen/core";
import { collect, type Variables } from "@gen/nn";
import { learned, splitOff, squeezed, type Architecture, type Step } from "../flow/architecture.js";
import { standardNormals } from "../flow/base.js";
import { Conditioner } from "../flow/conditioner.js";
import { maskName, type Plan, type StepPlan } from "./plan.js";

type Make = (classes: Tensor | undefined) => Step;

/** Affine couplings (Density estimation using Real NVP, Dinh, Sohl-Dickstein & Bengio, 2017). */
export class RealNvpArchitecture implements Architecture {
  readonly base: Architecture["base"];
  readonly variables: Variables;
  /** From the latents to the data. */
  private readonly makers: readonly Make[];
  private readonly latents: readonly Tensor[];
  private readonly masks = new Map<string, Tensor>();

  constructor(plan: Plan, key: Key) {
    const { base, borrowed } = standardNormals(plan.latents);
    this.base = base;
    this.latents = borrowed;
    const conditioners: Record<string, Conditioner> = {};
    this.makers = plan.steps
      .map((step, i): Make => {
        if (step.type === "squeeze") return squeezed;
        if (step.type === "split") return () => splitOff(step.at);
        const conditioner = new Conditioner(step.conditioner, key.fold(i));
        conditioners[i] = conditioner;
        return this.coupling(step, conditioner);
      })
      .reverse();
    this.variables = collect(conditioners);
  }

  steps(classes?: Tensor): readonly Step[] {
    return this.makers.map((make) => make(classes));
  }

  dispose(): void {
    for (const each of [...this.latents, ...this.masks.values()]) each.dispose();
  }

  private coupling(step: Extract<StepPlan, { conditioner: unknown }>, network: Conditioner): Make {
    const steer =
      (classes: Tensor | undefined) =>
      (kept: Tensor): Bijector =>
        affine(network.call(kept, classes));
    if (step.type === "masked") {
      const name = maskName(step);
      const mask = this.masks.get(name) ?? maskOf(step.shape, step.parity);
      this.masks.set(name, mask);
      return (classes) => learned(new MaskedCoupling({ mask, conditioner: steer(classes) }));
    }
    const { channels, swap } = step;
    return (classes) =>
      learned(
        new SplitCoupling({ eventRank: 3, axis: -3, at: channels / 2, swap, conditioner: steer(classes) }),
      );
  }
}

/** z = x exp(tanh s) + t from the data's side, s and t being the halves of the network's output. */
function affine(output: Tensor): Bijector {
  const [scale, shift] = split(output, 2, 1) as [Tensor, Tensor];
  return invert(new Affine({ shift, logScale: tanh(scale) }));
}

/** 1 where the sum of the place's indices (of images without the channel's) and the parity is even. */
function maskOf(shape: readonly number[], parity: 0 | 1): Tensor {
  const [height, width] = shape.slice(-2) as [number, number];
  const size = shape.reduce((product, axis) => product * axis, 1);
  const place = (i: number): number =>
    shape.length === 1 ? i : (i % width) + (Math.floor(i / width) % height);
  return tensor(
    Float32Array.from({ length: size }, (_, i) => Number((place(i) + parity) % 2 === 0)),
    [...shape],
  );
}
