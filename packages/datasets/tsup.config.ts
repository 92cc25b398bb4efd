import { genPackage } from "../../tsup.base.js";

// Source maps without sources: the built-in data would be shipped twice.
export default genPackage(
  { index: "src/index.ts", node: "src/node.ts" },
  {
    esbuildOptions: (options) => {
      options.sourcesContent = false;
    },
  },
);
