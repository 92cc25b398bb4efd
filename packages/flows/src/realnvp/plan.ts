import { sizeOf } from "@gen/core";
import { parametersOf, type ConditionerShape } from "../flow/conditioner.js";
import type { FlowSize } from "../flow/size.js";

/** A step from the data to the latents, as plain data. */
export type StepPlan =
  | {
      /** The elements whose indices and the parity have an even sum steer the others: a checkerboard in images. */
      readonly type: "masked";
      readonly shape: readonly number[];
      readonly parity: 0 | 1;
      readonly conditioner: ConditionerShape;
    }
  | {
      /** One half of the channels steers the other. */
      readonly type: "channels";
      readonly channels: number;
      readonly swap: boolean;
      readonly conditioner: ConditionerShape;
    }
  | { readonly type: "squeeze" }
  | { readonly type: "split"; readonly at: number };

/** Couplings of one shape and parity share a mask. */
export const maskName = ({ shape, parity }: Extract<StepPlan, { type: "masked" }>): string =>
  `${shape.join()}/${parity}`;

export interface RealNvpConfig {
  readonly couplings: number;
  readonly hidden: number;
  readonly scales: number;
}

export interface Plan extends FlowSize {
  readonly steps: readonly StepPlan[];
  /** Shapes of the latents, the coarsest first. */
  readonly latents: readonly (readonly number[])[];
}

/**
 * The steps for data of a shape, [numbers] or [channels, height, width]. Points: couplings with masks that alternate.
 * Images: at each scale half of the couplings with checkerboards, then a squeeze, the other half on channels, and half
 * of the channels is split off; at the last scale all with checkerboards (Density estimation using Real NVP, Dinh,
 * Sohl-Dickstein & Bengio, 2017, section 3.6). Sizes that can't be halved end the scales early.
 */
export function planOf(shape: readonly number[], config: RealNvpConfig, classes: number): Plan {
  const steps: StepPlan[] = [];
  const latents: (readonly number[])[] = [];
  const { couplings, hidden } = config;
  const over = shape.length === 3 ? "images" : "vectors";
  const masked = (at: readonly number[], count: number): void => {
    const [width] = at as [number];
    const conditioner = { over, inputs: width, outputs: 2 * width, hidden, classes } as const;
    for (let i = 0; i < count; i++)
      steps.push({ type: "masked", shape: at, parity: i % 2 === 0 ? 0 : 1, conditioner });
  };
  const onChannels = (channels: number, count: number): void => {
    const conditioner = { over, inputs: channels / 2, outputs: channels, hidden, classes } as const;
    for (let i = 0; i < count; i++)
      steps.push({ type: "channels", channels, swap: i % 2 === 1, conditioner });
  };

  let at = shape;
  for (let scale = 1; scale < config.scales && canHalve(at); scale++) {
    const [channels, height, width] = at as [number, number, number];
    masked(at, Math.ceil(couplings / 2));
    steps.push({ type: "squeeze" });
    onChannels(4 * channels, Math.floor(couplings / 2));
    steps.push({ type: "split", at: 2 * channels });
    at = [2 * channels, height / 2, width / 2];
    latents.unshift(at);
  }
  masked(at, couplings);
  latents.unshift(at);
  const parameters = steps.reduce(
    (sum, step) => sum + ("conditioner" in step ? parametersOf(step.conditioner) : 0),
    0,
  );
  const masks = new Map(
    steps.flatMap((step) => (step.type === "masked" ? [[maskName(step), step.shape] as const] : [])),
  );
  const constants = [...masks.values(), ...latents].reduce((sum, each) => sum + sizeOf(each), 0);
  return { steps, latents, parameters, constants };
}

/** A checkerboard needs two pixels along each side. */
const canHalve = ([, height = 0, width = 0]: readonly number[]): boolean =>
  [height, width].every((side) => side % 2 === 0 && side >= 4);
