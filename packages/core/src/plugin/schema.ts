import type { Json } from "../types.js";

/** One hyperparameter: a JSON-Schema subset as plain data, from which type, flags and form come. */
export type Property = {
  readonly default: Json;
  /** One sentence for people, in English and Chinese. */
  readonly help?: { readonly en: string; readonly zh: string };
  readonly title?: { readonly en: string; readonly zh: string };
  readonly group?: string;
} & (
  | {
      readonly type: "integer" | "number";
      readonly minimum?: number;
      readonly maximum?: number;
      readonly scale?: "linear" | "log";
    }
  | { readonly type: "boolean" }
  | { readonly type: "string"; readonly enum?: readonly string[] }
);
export type Schema = Readonly<Record<string, Property>>;

type ValueOf<P> = P extends { type: "integer" | "number" }
  ? number
  : P extends { type: "boolean" }
    ? boolean
    : P extends { enum: readonly (infer E)[] }
      ? E
      : string;
/** The values that a schema describes. */
export type Of<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };
