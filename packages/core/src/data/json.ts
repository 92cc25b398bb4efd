import { InputError } from "../errors.js";
import type { Json } from "../types.js";

export type JsonObject = Readonly<Record<string, Json>>;

/** The object, or `InputError`: files come from strangers. */
export function objectFrom(json: Json | undefined, what: string): JsonObject {
  if (typeof json === "object" && json !== null && !isArray(json)) return json;
  throw wrong(what, "an object");
}

export function arrayFrom(json: Json | undefined, what: string): readonly Json[] {
  if (json !== undefined && isArray(json)) return json;
  throw wrong(what, "a list");
}

export function textFrom(json: Json | undefined, what: string): string {
  if (typeof json === "string") return json;
  throw wrong(what, "text");
}

export function numberFrom(json: Json | undefined, what: string): number {
  if (typeof json === "number" && Number.isFinite(json)) return json;
  throw wrong(what, "a finite number");
}

export function booleanFrom(json: Json | undefined, what: string): boolean {
  if (typeof json === "boolean") return json;
  throw wrong(what, "true or false");
}

export const numbersFrom = (json: Json | undefined, what: string): number[] =>
  arrayFrom(json, what).map((value) => numberFrom(value, what));

export const textsFrom = (json: Json | undefined, what: string): string[] =>
  arrayFrom(json, what).map((value) => textFrom(value, what));

/** Throws `InputError` when there is a property that is not known. */
export function onlyKnown(json: JsonObject, known: readonly string[], what: string): void {
  const stranger = Object.keys(json).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new InputError(
      `The file's ${what} has an unknown property "${stranger.slice(0, 80)}"; the file is damaged or of another version.`,
    );
  }
}

const isArray = (json: Json): json is readonly Json[] => Array.isArray(json);

const wrong = (what: string, expected: string): InputError =>
  new InputError(`The file's ${what} is not ${expected}; the file is damaged or of another version.`);
