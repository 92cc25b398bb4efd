import { createRequire } from "node:module";
import type { ElementType, Numbers } from "../graph/types.js";

/** An input as the native library takes it, with no copy. */
export interface Feed {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: Numbers;
  readonly location: "cpu";
}

export interface NativeSession {
  loadModel(model: ArrayBuffer, offset: number, length: number, options: object): void;
  run(
    feeds: Readonly<Record<string, Feed>>,
    fetches: Readonly<Record<string, null>>,
    options: object,
  ): Readonly<Record<string, { readonly data: Numbers }>>;
  dispose(): void;
}

/** The synchronous door of ONNX Runtime's package: not public, so all that is used of it stands here. */
interface Binding {
  readonly binding: { readonly InferenceSession: new () => NativeSession };
  initOrt(): void;
}

let found: Binding | undefined;

const isBinding = (module: unknown): module is Binding => {
  if (typeof module !== "object" || module === null || !("initOrt" in module) || !("binding" in module))
    return false;
  const inner = module.binding;
  return typeof inner === "object" && inner !== null && "InferenceSession" in inner;
};

/** Opens ONNX Runtime. Throws where it isn't installed, has no library for this platform, or has another binding. */
export function openRuntime(): void {
  found ??= load();
}

function load(): Binding {
  const require = createRequire(import.meta.url);
  let module: unknown;
  try {
    module = require("onnxruntime-node/dist/binding.js");
  } catch (error) {
    throw new Error(
      `The back end "onnx" needs ONNX Runtime for ${process.platform} ${process.arch}: npm install onnxruntime-node`,
      { cause: error },
    );
  }
  if (!isBinding(module))
    throw new Error('The back end "onnx" does not know this version of onnxruntime-node: install 1.30.');
  module.initOrt();
  return module;
}

export function newSession(): NativeSession {
  openRuntime();
  return new found!.binding.InferenceSession();
}
