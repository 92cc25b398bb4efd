export { made } from "./made/index.js";
export { pixelcnn } from "./pixelcnn/index.js";
export { PixelModel } from "./pixel-model.js";
export { PixelView } from "./view.js";
