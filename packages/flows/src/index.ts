export { FlowModel } from "./flow/flow-model.js";
export { GivenFlow } from "./flow/given-flow.js";
export { type FlowTraining } from "./flow/trainer.js";
export { glow, glowModel, type GlowConfig } from "./glow/index.js";
export { realnvp, realNvp, type RealNvpConfig } from "./realnvp/index.js";
