/** To a worker. A job names a chunk that was placed before, or brings one that is not kept. */
export type Request =
  | { readonly type: "place"; readonly id: number; readonly chunk: unknown }
  | { readonly type: "drop"; readonly id: number }
  | { readonly type: "begin"; readonly round: number; readonly kernel: string; readonly state: unknown }
  | ({ readonly type: "job"; readonly round: number; readonly job: number } & (
      { readonly id: number } | { readonly chunk: unknown }
    ))
  | { readonly type: "end"; readonly round: number };

/** From a worker. */
export type Reply =
  | { readonly type: "ready" }
  | { readonly type: "result"; readonly job: number; readonly value: unknown }
  | { readonly type: "error"; readonly job: number; readonly error: PackedError };

export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly isInput: boolean;
}
