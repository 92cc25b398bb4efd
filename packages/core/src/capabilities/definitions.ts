import type { Capability, CapabilityDefinition, CapabilityMap } from "./types.js";
import * as across from "./across/index.js";

type Definitions = { readonly [K in Capability]?: CapabilityDefinition<K> };

/** What core's own capabilities look like at run time, and how each crosses the border to the data's units. */
export const definitions: Definitions = {
  sample: { members: ["protocol"], across: across.sample },
  density: { members: ["logProb"], across: across.density },
  bound: { members: ["elbo"], across: across.bound },
  latent: { members: ["prior", "encode", "decode"], across: across.latent },
  codec: { members: ["codes", "compress", "reconstruct"], across: across.codec },
  features: { members: ["features"], across: across.features },
  implicit: { members: ["noise", "generate"], across: across.implicit },
  joint: { members: ["classes", "logJoint"], across: across.joint },
  classifier: { members: ["classes", "logPosterior"], across: across.classifier },
  conditional: { members: ["condition", "given"], across: across.conditional },
  autoregressive: {
    members: ["alphabet", "symbols", "assemble", "begin", "next", "append"],
    across: across.autoregressive,
  },
  flow: { members: ["base", "toLatent", "fromLatent"], across: across.flow },
  sequence: { members: ["logPartition", "marginals", "viterbi"], across: across.sequence },
} satisfies { readonly [K in keyof CapabilityMap]?: CapabilityDefinition<K> };

/** The members that a capability stands for; none are known of a stranger's without its definition. */
export const membersOf = (capability: Capability): readonly string[] =>
  definitions[capability]?.members ?? [];
