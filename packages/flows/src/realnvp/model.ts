import type { DataSpec, Key } from "@gen/core";
import { FlowModel } from "../flow/flow-model.js";
import { labelOf } from "../flow/labels.js";
import { images, vectors } from "../flow/layout.js";
import { checkSize } from "../flow/size.js";
import { RealNvpArchitecture } from "./architecture.js";
import { planOf, type RealNvpConfig } from "./plan.js";

/**
 * RealNVP: affine couplings with alternating masks, on images at several scales (Density estimation using Real NVP,
 * Dinh, Sohl-Dickstein & Bengio, 2017). Throws `InputError` for columns that it does not take and for more parameters
 * than the file holds, `saved`, or, with the numbers of masks and latents, than 2^26.
 */
export function realNvp(spec: DataSpec, config: RealNvpConfig, key: Key, saved?: number): FlowModel {
  const layout = spec.kind === "images" ? images(spec) : vectors(spec);
  const plan = planOf(layout.shape, config, labelOf(spec)?.classes.length ?? 0);
  checkSize(plan, saved);
  return new FlowModel({ spec, layout, architecture: new RealNvpArchitecture(plan, key) });
}
