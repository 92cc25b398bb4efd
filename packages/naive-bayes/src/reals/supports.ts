/** Which numbers a distribution takes. */
export const supports = {
  any: { words: "finite numbers", test: (x: number) => Number.isFinite(x) },
  positive: { words: "numbers above 0", test: (x: number) => x > 0 && x < Infinity },
  nonNegative: { words: "numbers of at least 0", test: (x: number) => x >= 0 && x < Infinity },
  counts: { words: "whole numbers of at least 0", test: (x: number) => x >= 0 && Number.isInteger(x) },
  share: { words: "numbers between 0 and 1", test: (x: number) => x > 0 && x < 1 },
} as const;

export type Support = keyof typeof supports;
