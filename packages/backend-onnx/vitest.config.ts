import { genTests } from "../../vitest.base.js";

export default genTests("backend-onnx", { alone: ["src/compile/async.test.ts"] });
