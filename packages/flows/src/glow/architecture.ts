import { tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, type Layer, type Variables } from "@gen/nn";
import { learned, splitOff, squeezed, type Architecture, type Step } from "../flow/architecture.js";
import { standardNormals } from "../flow/base.js";
import { GlowStep } from "./glow-step.js";
import type { Plan, StepPlan } from "./plan.js";
import { SplitPrior } from "./split-prior.js";

/** A planned step with its parameters, if it has any. */
interface Made {
  readonly layer?: GlowStep | SplitPrior;
  readonly step: (classes: Tensor | undefined) => Step;
}

/** Multi-scale Glow (Glow: generative flow with invertible 1×1 convolutions, Kingma & Dhariwal, 2018). */
export class GlowArchitecture implements Architecture {
  readonly base: Architecture["base"];
  readonly variables: Variables;
  /** From the data to the latents. */
  private readonly made: readonly Made[];
  private readonly borrowed: readonly Tensor[];

  constructor(plan: Plan, key: Key) {
    const { base, borrowed } = standardNormals(plan.latents);
    this.base = base;
    this.borrowed = borrowed;
    this.made = plan.steps.map((step, i) => makeStep(step, key.fold(i)));
    const layers = this.made.flatMap(({ layer }, i): [string, Layer][] =>
      layer ? [[String(i), layer]] : [],
    );
    this.variables = collect(Object.fromEntries(layers));
  }

  steps(classes?: Tensor): readonly Step[] {
    return this.made.map(({ step }) => step(classes)).reverse();
  }

  initialise(x: Tensor, classes?: Tensor): void {
    tidy(() => {
      let value: readonly Tensor[] = [x];
      for (const { layer, step } of this.made) {
        if (layer instanceof GlowStep) layer.initialise(value[0]!);
        value = step(classes).inverseWithLogDet(value).value;
      }
    });
  }

  dispose(): void {
    for (const each of this.borrowed) each.dispose();
  }
}

function makeStep(plan: StepPlan, key: Key): Made {
  switch (plan.type) {
    case "squeeze":
      return { step: squeezed };
    case "split":
      return { step: () => splitOff(plan.at) };
    case "prior": {
      const layer = new SplitPrior(plan.channels, key);
      return { layer, step: () => layer.step() };
    }
    case "step": {
      const layer = new GlowStep({ channels: plan.channels, conditioner: plan.conditioner, key });
      return { layer, step: (classes) => learned(layer.bijector(classes)) };
    }
  }
}
