export { load } from "./load.js";
export { readSafetensors } from "./read-safetensors.js";
export { resume, type Resumed } from "./resume.js";
export { save, type SaveOptions } from "./save.js";
export { writeSafetensors, type TensorFile } from "./write-safetensors.js";
