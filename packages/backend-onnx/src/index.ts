import { register } from "./eager/register.js";

export { compile } from "./compile/public.js";
export type { Compiled, Traceable } from "./compile/compile.js";
export { exportOnnx, type ExportedInput, type ExportOptions } from "./compile/export.js";
export { coverage, type Coverage } from "./coverage.js";
export { CompileError, ReadError } from "./errors.js";

register();
