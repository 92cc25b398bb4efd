import type { ArgsDef } from "citty";

export const file = { type: "positional", description: "A model file", required: true } as const;
export const data = {
  type: "string",
  valueHint: "address",
  description: "A built-in set, a table.csv, a text.txt, tagged.conll, a folder of PNG images",
} as const;
export const samples = {
  type: "string",
  valueHint: "count",
  description: "Draws that make a lower bound tighter",
  default: "1",
} as const;
export const json = {
  type: "boolean",
  description: "Print the figures as JSON, as the last line of stdout",
} as const;
export const seed = { type: "string", description: "Seed of all random numbers", default: "0" } as const;
export const backend = {
  type: "string",
  valueHint: "name",
  description: "Who computes: auto, onnx, wasm or cpu",
  default: "auto",
} as const;

/** What narrows a model that takes a condition. */
export const condition = {
  given: {
    type: "string",
    valueHint: "name=value",
    description: "What is given, a label, a text or first pixels; repeatable",
  },
  prompt: {
    type: "string",
    valueHint: "text",
    description: "The beginning of a text, which the model goes on from",
  },
} as const satisfies ArgsDef;
