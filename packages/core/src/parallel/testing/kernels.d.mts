interface Part {
  readonly x: Float64Array;
}

export const kernels: {
  moments(chunk: Part, state: { mean: number }): number;
  echo<S>(chunk: Part, state: S): { chunk: Part; state: S; part: Float64Array };
  where(chunk: Part): number;
  fail(chunk: Part, state: { at: number; input?: boolean }): number;
  slow(chunk: Part, milliseconds: number): number;
  leave(chunk: Part): never;
  odd(chunk: Part): Map<never, never>;
};
