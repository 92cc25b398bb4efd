interface Emitter {
  on(event: string, listener: (value: never) => void): unknown;
  postMessage(message: unknown): void;
}

export interface NodeWorker extends Emitter {
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

export type NodeWorkerConstructor = new (
  url: URL,
  options: { readonly execArgv: readonly string[] },
) => NodeWorker;

interface Builtins {
  readonly "node:os": { availableParallelism(): number };
  readonly "node:fs": { existsSync(path: URL): boolean };
  readonly "node:worker_threads": {
    readonly Worker: NodeWorkerConstructor;
    readonly parentPort: Emitter | null;
  };
}

interface NodeProcess {
  getBuiltinModule?<M extends keyof Builtins>(name: M): Builtins[M] | undefined;
}

/** A module of Node's own, with no import that a bundler for pages would stumble over. */
export const builtin = <M extends keyof Builtins>(name: M): Builtins[M] | undefined =>
  (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.(name);
