export { createRegistry, type Registry } from "./registry.js";
export { defineManifest } from "./define-manifest.js";
export { definePlugin } from "./define-plugin.js";
export type { FirstStage } from "./first-stage.js";
export { instantiate, type Start } from "./instantiate.js";
export { parseSetting, validate } from "./validate.js";
