import type { Capability } from "./types.js";

/** The members that each of core's capabilities stands for. */
const members: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  sample: ["protocol"],
  density: ["logProb"],
  bound: ["elbo"],
  latent: ["prior", "encode", "decode"],
  codec: ["codes", "compress", "reconstruct"],
  features: ["features"],
  implicit: ["noise", "generate"],
  joint: ["classes", "logJoint"],
  classifier: ["classes", "logPosterior"],
  conditional: ["condition", "given"],
  autoregressive: ["alphabet", "symbols", "assemble", "begin", "next", "append"],
  flow: ["base", "toLatent", "fromLatent"],
  sequence: ["logPartition", "marginals", "viterbi", "bestPaths"],
};

/** The capabilities that core defines. */
export const capabilityNames = /* @__PURE__ */ Object.keys(members) as readonly Capability[];

/** The members that a capability stands for; none are known of a stranger's without its definition. */
export const membersOf = (capability: Capability): readonly string[] => members[capability] ?? [];
