import { genTests } from "../vitest.base.js";

// An oracle test is a test file with "oracles" in its name.
export default genTests("oracles", {
  everywhere: true,
  include: ["packages/*/src/**/*oracles*.test.ts"],
  timeout: 300_000,
});
