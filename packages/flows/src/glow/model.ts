import type { DataSpec, Key } from "@gen/core";
import { FlowModel } from "../flow/flow-model.js";
import { labelOf } from "../flow/labels.js";
import { images } from "../flow/layout.js";
import { checkSize } from "../flow/size.js";
import { GlowArchitecture } from "./architecture.js";
import { planOf, type GlowConfig } from "./plan.js";

/**
 * Glow: actnorm, invertible 1×1 convolutions and affine couplings at several scales (Glow: generative flow with
 * invertible 1×1 convolutions, Kingma & Dhariwal, 2018). Throws `InputError` for data that are not one column of images
 * with even sizes, and for more parameters than the file holds, `saved`, or, with the latents' numbers, than 2^26.
 */
export function glowModel(spec: DataSpec, config: GlowConfig, key: Key, saved?: number): FlowModel {
  const layout = images(spec);
  const plan = planOf(layout.shape, config, labelOf(spec)?.classes.length ?? 0);
  checkSize(plan, saved);
  return new FlowModel({ spec, layout, architecture: new GlowArchitecture(plan, key) });
}
