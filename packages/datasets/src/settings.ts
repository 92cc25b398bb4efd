/** What an address may set behind its question mark that only some data heed; `open` refuses it for the others. */
export const settings = [
  "label",
  "weight",
  "token",
  "tag",
  "noise",
  "seed",
  "drop",
  "full",
  "dates",
  "encoding",
] as const;
export type Setting = (typeof settings)[number];
