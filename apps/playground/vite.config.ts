import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { genPlugins } from "./vite-plugin-gen.js";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig(({ mode }) => ({
  root,
  base: "./",
  plugins: [genPlugins(root)],
  // While developing, the sources of neighbours; the page that is served is made of what they publish.
  resolve: {
    conditions: [...(mode === "development" ? ["@gen/source"] : []), ...defaultClientConditions],
  },
  worker: {
    format: "es",
    plugins: () => [genPlugins(root)],
    // TensorFlow.js in one piece: its modules register themselves with each other, in an order that chunks would upset.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "tensorflow", test: /@tensorflow/ }] } } },
  },
  build: { target: "es2022", chunkSizeWarningLimit: 2000 },
  server: {
    headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
  },
}));
