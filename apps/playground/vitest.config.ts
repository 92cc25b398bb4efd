import { genTests } from "../../vitest.base.js";

export default genTests("playground", { timeout: 120_000 });
