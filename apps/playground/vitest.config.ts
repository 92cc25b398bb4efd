import { genTests } from "../../vitest.base.js";

export default genTests("playground", { include: ["src/**/*.test.{ts,tsx}"], timeout: 120_000 });
