import type { Variable } from "@tensorflow/tfjs-core";
import type { OnnxBackend } from "../eager/backend.js";
import { elementsOf } from "../eager/elements.js";
import { adamModule } from "./adam.wasm.js";

type Adam = (
  parameter: number,
  gradient: number,
  first: number,
  second: number,
  bytes: number,
  beta1: number,
  rest1: number,
  beta2: number,
  rest2: number,
  step: number,
  root: number,
  epsilon: number,
  shrink: number,
) => void;

/** The memories in which variables are changed in place: what is read from them is copied. */
export const inPlace = new WeakSet<ArrayBufferLike>();

const page = 65_536;
const aligned = (count: number): number => 4 * 4 * Math.ceil(count / 4);
let compiled: WebAssembly.Module | undefined;

/** One memory that holds the elements of several variables, where a kernel of WebAssembly changes them in place. */
export class Arena {
  readonly adam: Adam;
  readonly gradient: Float32Array;
  readonly gradientAddress: number;
  private readonly places = new Map<Variable, Float32Array>();

  constructor(variables: readonly Variable[]) {
    const largest = variables.reduce((most, { size }) => Math.max(most, aligned(size)), 0);
    const bytes = variables.reduce((sum, { size }) => sum + aligned(size), largest);
    const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / page)) });
    inPlace.add(memory.buffer);
    compiled ??= new WebAssembly.Module(Buffer.from(adamModule, "base64"));
    this.adam = new WebAssembly.Instance(compiled, { memory: { memory } }).exports["adam"] as Adam;
    let address = 0;
    for (const variable of variables) {
      this.places.set(variable, new Float32Array(memory.buffer, address, variable.size));
      address += aligned(variable.size);
    }
    this.gradientAddress = address;
    this.gradient = new Float32Array(memory.buffer, address, largest / 4);
  }

  has(variables: readonly Variable[]): boolean {
    return variables.every((variable) => this.places.has(variable));
  }

  /** Where the variable's elements lie, after moving them here from wherever they were assigned. */
  address(backend: OnnxBackend, variable: Variable): number {
    const place = this.places.get(variable)!;
    if (backend.refCount(variable.dataId) > 1) unshare(backend, variable, place);
    const entry = backend.data.get(variable.dataId);
    if (entry.values !== place) {
      place.set(elementsOf(backend, variable) as Float32Array);
      entry.values = place;
    }
    return place.byteOffset;
  }
}

/** Leaves what else refers to the variable's elements with a copy of them. */
function unshare(backend: OnnxBackend, variable: Variable, place: Float32Array): void {
  const before = backend.data.get(variable.dataId);
  const copy = (elementsOf(backend, variable) as Float32Array).slice();
  if (before.values === place) before.values = copy;
  variable.assign(backend.makeOutput(copy.slice(), variable.shape, "float32"));
}
