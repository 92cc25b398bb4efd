type Kernel = (...numbers: readonly number[]) => number;

/** Kernels of WebAssembly's vectors, and the memory that they work in. */
export interface Vectors<Names extends string> {
  readonly kernels: Readonly<Record<Names, Kernel>>;
  /** At least so many bytes. Views of what was given before are void. */
  memory(bytes: number): ArrayBuffer;
}

const page = 65_536;
/** Memory does not shrink again: what needs more goes without. */
const mostBytes = 2 ** 27;

/**
 * Opens a module that exports a memory "memory" and kernels, when they are first asked for. What is given back is
 * undefined where WebAssembly or its vectors are missing or forbidden (a page's content security policy), and for more
 * bytes than should be kept.
 *
 * @param module its bytes in base64, as scripts/assemble.mjs writes them
 */
export function vectors<Names extends string>(module: string): (bytes: number) => Vectors<Names> | undefined {
  let opened: Vectors<Names> | undefined;
  let isKnown = false;
  return (bytes) => {
    if (!isKnown) opened = open(module);
    isKnown = true;
    return opened !== undefined && bytes <= mostBytes && hasRoom(opened, bytes) ? opened : undefined;
  };
}

function hasRoom(opened: Vectors<string>, bytes: number): boolean {
  try {
    return opened.memory(bytes).byteLength >= bytes;
  } catch {
    return false;
  }
}

function open<Names extends string>(module: string): Vectors<Names> | undefined {
  try {
    const bytes = Uint8Array.from(atob(module), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const memory = exports["memory"] as WebAssembly.Memory;
    return {
      kernels: exports as Vectors<Names>["kernels"],
      memory(wanted) {
        const missing = Math.ceil((wanted - memory.buffer.byteLength) / page);
        if (missing > 0) memory.grow(missing);
        return memory.buffer;
      },
    };
  } catch {
    return undefined;
  }
}
