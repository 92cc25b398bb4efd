import { InputError, sizeOf } from "@gen/core";
import { parametersOf, type ConditionerShape } from "../flow/conditioner.js";
import type { FlowSize } from "../flow/size.js";

export interface GlowConfig {
  readonly scales: number;
  readonly steps: number;
  readonly hidden: number;
}

/** A step from the data to the latents, as plain data. */
export type StepPlan =
  | { readonly type: "squeeze" }
  | { readonly type: "step"; readonly channels: number; readonly conditioner: ConditionerShape }
  | { readonly type: "split"; readonly at: number }
  /** The distribution of the channels that were split off, given the `channels` that go on. */
  | { readonly type: "prior"; readonly channels: number };

export interface Plan extends FlowSize {
  readonly steps: readonly StepPlan[];
  /** Shapes of the latents, the coarsest first. */
  readonly latents: readonly (readonly number[])[];
}

/**
 * The steps for images [channels, height, width]: at each scale a squeeze and `steps` steps, then half of the channels
 * is split off, but at the last scale. Sizes that can't be halved end the scales early; throws `InputError` when the
 * first can't.
 */
export function planOf(shape: readonly number[], config: GlowConfig, classes: number): Plan {
  const plan: StepPlan[] = [];
  const latents: (readonly number[])[] = [];
  let [channels, height, width] = shape as [number, number, number];
  if (height % 2 !== 0 || width % 2 !== 0)
    throw new InputError(
      `Glow halves images first, and ${height}×${width} pixels can't be halved: pad or resize them to even sizes.`,
    );
  for (let scale = 1; ; scale++) {
    [channels, height, width] = [4 * channels, height / 2, width / 2];
    plan.push({ type: "squeeze" });
    const [inputs, outputs] = [channels / 2, channels];
    const conditioner = { over: "images", inputs, outputs, hidden: config.hidden, classes } as const;
    for (let i = 0; i < config.steps; i++) plan.push({ type: "step", channels, conditioner });
    if (scale === config.scales || height % 2 !== 0 || width % 2 !== 0) break;
    channels /= 2;
    plan.push({ type: "split", at: channels }, { type: "prior", channels });
    latents.unshift([channels, height, width]);
  }
  latents.unshift([channels, height, width]);
  const parameters = plan.reduce((sum, step) => sum + parametersOfStep(step), 0);
  const constants = latents.reduce((sum, latent) => sum + sizeOf(latent), 0);
  return { steps: plan, latents, parameters, constants };
}

function parametersOfStep(step: StepPlan): number {
  if (step.type === "prior") return 9 * step.channels * 2 * step.channels + 2 * step.channels;
  if (step.type !== "step") return 0;
  const { channels, conditioner } = step;
  return 2 * channels + (2 * channels + 1) * channels + parametersOf(conditioner);
}
