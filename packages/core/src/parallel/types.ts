/** Plain data: numbers, strings, typed arrays, and arrays and objects of those. */
type Kernel = (chunk: never, state: never) => unknown;

/** Pure functions (chunk, state) => result by their names. All of them take the same kind of chunk. */
export type Kernels = Readonly<Record<string, Kernel>>;

type ChunkOf<K extends Kernel> = Parameters<K>[0];
type StateOf<K extends Kernel> = Parameters<K>[1];

/** What `new Worker(url, { type: "module" })` is written with: the page's `Worker`, or Node's in its place. */
export type WorkerConstructor = new (url: URL, options: { readonly type: "module" }) => object;

export interface PoolOptions<K extends Kernels, X extends object> {
  readonly kernels: K;
  /** Opens the module that calls `serveKernels` with the same kernels. */
  readonly worker: (Worker: WorkerConstructor) => object;
  /** What the kernels need of one part of the data, as plain data. */
  readonly chunk: (part: X) => ChunkOf<K[keyof K]>;
}

/** Runs kernels over the parts of the data, in worker threads where that pays. */
export interface Pool<K extends Kernels, X extends object> extends Disposable {
  /** Worker threads at present. */
  readonly workers: number;
  /**
   * The kernel's result for every part, in the order of the parts: the same bits for any number of workers.
   * A part that is given again, as the same object, stays in a worker until nobody holds it any more; others pass.
   * Neither parts nor the state may change meanwhile. What the kernel throws for the first part that it throws for,
   * is thrown; `InputError` stays one.
   */
  each<N extends keyof K & string>(
    kernel: N,
    state: StateOf<K[N]>,
    parts: Iterable<X> | AsyncIterable<X>,
    signal?: AbortSignal,
  ): AsyncGenerator<ReturnType<K[N]>, void, undefined>;
  /** As `each`, all results at once. */
  map<N extends keyof K & string>(
    kernel: N,
    state: StateOf<K[N]>,
    parts: Iterable<X> | AsyncIterable<X>,
    signal?: AbortSignal,
  ): Promise<ReturnType<K[N]>[]>;
}
