declare module "virtual:gen-plugins" {
  import type { Manifest, Plugin } from "@gen/core";

  export const manifests: readonly (() => Promise<{ readonly manifest: Manifest }>)[];
  export const plugins: readonly (() => Promise<{ readonly default: Plugin }>)[];
}

declare module "@tensorflow/tfjs-backend-wasm/dist/*.wasm?url" {
  const address: string;
  export default address;
}
