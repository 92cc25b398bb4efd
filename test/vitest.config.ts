import { genTests } from "../vitest.base.js";

export default genTests("repository", { everywhere: true, include: ["test/**/*.test.ts"] });
