/** Sizes that may not grow unnoticed: gzip, of what a bundler keeps. */
export default [
  {
    name: "@gen/core: one distribution and fit, without TensorFlow.js",
    path: "packages/core/dist/index.js",
    import: "{ Normal, fit }",
    ignore: ["@tensorflow/*"],
    gzip: true,
    limit: "35 kB",
    // tsup's chunks import one another bare; that esbuild drops such imports is what sideEffects is for.
    modifyEsbuildConfig: (config) => ({ ...config, logLevel: "error" }),
  },
];
