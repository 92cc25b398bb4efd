import { genTests } from "../../vitest.base.js";

export default genTests("flows", { timeout: 300_000 });
