import { genTests } from "../vitest.base.js";

// A fuzz test is named *.fuzz.test.ts, and runs here only.
export default genTests("fuzz", {
  everywhere: true,
  include: ["packages/*/src/**/*.fuzz.test.ts", "apps/*/src/**/*.fuzz.test.ts"],
  exclude: [],
  timeout: 1_800_000,
});
