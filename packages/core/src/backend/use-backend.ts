import { InputError } from "../errors.js";
import { enableProdMode, engine, env, setBackend } from "./engine.js";
import { install, installKernels } from "./install.js";

/** The back ends that can be asked for, and the package that brings each. */
const packages = {
  onnx: "@gen/backend-onnx",
  webgpu: "@tensorflow/tfjs-backend-webgpu",
  webgl: "@tensorflow/tfjs-backend-webgl",
  wasm: "@tensorflow/tfjs-backend-wasm",
  cpu: "@tensorflow/tfjs-backend-cpu",
} as const;

/** A back end of TensorFlow.js. */
export type BackendName = keyof typeof packages;

export interface BackendOptions {
  /**
   * Imports the packages that register back ends. A page must give it, since a bundler can follow only imports that
   * are written out: `{ load: () => import("@tensorflow/tfjs-backend-wasm") }`. In Node what is installed is found.
   */
  readonly load?: () => Promise<unknown>;
}

/** Fastest first. In a page neither WebGPU nor WebGL: without a graphics card they are emulated, slower than wasm. */
const preferred = { node: ["onnx", "wasm", "cpu"], page: ["wasm", "cpu"] } as const;

/**
 * Makes a back end the one in use and says which it is; "auto" takes the fastest that is installed and starts.
 *
 * Also registers all gradients, repairs those that TensorFlow.js gets wrong, and adds the kernels that the back end
 * lacks. Call it before any computation.
 *
 * @throws InputError when the back end is unknown, isn't installed, or doesn't start here.
 */
export async function useBackend(
  name: BackendName | "auto" = "auto",
  options: BackendOptions = {},
): Promise<BackendName> {
  if (name !== "auto" && !Object.hasOwn(packages, name)) {
    throw new InputError(
      `Back end "${name as string}" is unknown: choose auto, ${Object.keys(packages).join(", ")}.`,
    );
  }
  enableProdMode();
  // After what the caller loads: TensorFlow.js imported anew registers its own gradients again.
  await options.load?.();
  await install();
  const inNode = env().getBool("IS_NODE");
  const candidates = name === "auto" ? preferred[inNode ? "node" : "page"] : [name];
  for (const candidate of candidates) {
    if (inNode && !isRegistered(candidate)) await importInstalled(packages[candidate], name === "auto");
    if (isRegistered(candidate) && (await start(candidate))) return candidate;
  }
  throw new InputError(failure(candidates, inNode));
}

const isRegistered = (name: BackendName): boolean => name in engine().registryFactory;

/** TensorFlow.js falls back to another back end without a word: what took is asked for, and a failure undone. */
async function start(name: BackendName): Promise<boolean> {
  const before = engine().backendName;
  if (name === "wasm") {
    // The threaded variant copies the source of its functions into workers, which breaks in a minified bundle.
    env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  installKernels(name);
  if ((await setBackend(name)) && engine().backendName === name) return true;
  if (before) await setBackend(before);
  return false;
}

/**
 * Imports an optional package when it is installed; one of several may also be broken. The specifier is a variable so
 * that bundlers leave it alone.
 */
async function importInstalled(specifier: string, oneOfSeveral: boolean): Promise<void> {
  try {
    await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier);
  } catch (error) {
    if (!oneOfSeveral && !isMissing(error, specifier)) throw error;
  }
}

const isMissing = (error: unknown, specifier: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  error.code === "ERR_MODULE_NOT_FOUND" &&
  error.message.includes(specifier);

function failure(candidates: readonly BackendName[], inNode: boolean): string {
  const there = (Object.keys(packages) as BackendName[]).filter(isRegistered).join(", ") || "none";
  const asked = candidates.join(" or ");
  const missing = candidates
    .filter((candidate) => !isRegistered(candidate))
    .map((candidate) => packages[candidate]);
  if (missing.length === 0)
    return `Back end ${asked} is installed but doesn't start here: choose another (there: ${there}).`;
  const remedy = inNode
    ? `npm install ${missing.join(" ")}`
    : `import ${missing.join(" or ")} in the option "load"`;
  return `Back end ${asked} isn't installed (there: ${there}): ${remedy}.`;
}
