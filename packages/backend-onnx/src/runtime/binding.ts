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

/** What is used of the package's public interface, where the door above is another one. */
export interface PublicRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<PublicSession>;
  };
  readonly Tensor: new (type: string, data: Numbers, dims: readonly number[]) => object;
}

export interface PublicSession {
  run(feeds: Readonly<Record<string, object>>): Promise<Readonly<Record<string, { readonly data: Numbers }>>>;
  release(): Promise<void>;
}

const isBinding = (module: unknown): module is Binding => {
  if (typeof module !== "object" || module === null || !("initOrt" in module) || !("binding" in module))
    return false;
  const inner = module.binding;
  return typeof inner === "object" && inner !== null && "InferenceSession" in inner;
};

const require = createRequire(import.meta.url);

let opened: { readonly runtime: PublicRuntime; readonly binding: Binding | undefined } | undefined;

/** Opens ONNX Runtime. Throws where it isn't installed or has no library for this platform. */
export function openRuntime(): void {
  opened ??= load();
}

function load(): typeof opened {
  let runtime: PublicRuntime;
  try {
    runtime = require("onnxruntime-node") as PublicRuntime;
  } catch (error) {
    throw new Error(
      `The back end "onnx" needs ONNX Runtime for ${process.platform} ${process.arch}: npm install onnxruntime-node`,
      { cause: error },
    );
  }
  return { runtime, binding: synchronousBinding() };
}

function synchronousBinding(): Binding | undefined {
  try {
    const module: unknown = require("onnxruntime-node/dist/binding.js");
    if (!isBinding(module)) return undefined;
    module.initOrt();
    return module;
  } catch {
    return undefined;
  }
}

/** Whether graphs run at once. Where not, compiled functions answer later and kernels are those of the cpu back end. */
export function isSynchronous(): boolean {
  openRuntime();
  return opened!.binding !== undefined;
}

export function newSession(): NativeSession {
  openRuntime();
  return new opened!.binding!.binding.InferenceSession();
}

export function publicRuntime(): PublicRuntime {
  openRuntime();
  return opened!.runtime;
}
