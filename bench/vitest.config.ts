import { genTests } from "../vitest.base.js";

export default genTests("bench", { include: ["**/*.test.ts"] });
