import { genTests } from "../../vitest.base.js";

export default genTests("core", { alone: ["src/backend/install.test.ts"] });
