import { describe, expect, it } from "vitest";
import { valueOf, wordsOf } from "./command.js";

describe("wordsOf", () => {
  it("takes quotes away and keeps what they hold together", () => {
    expect(wordsOf("gen train gmm  --data 'mnist?pca=50' --set 'a b'")).toEqual([
      "gen",
      "train",
      "gmm",
      "--data",
      "mnist?pca=50",
      "--set",
      "a b",
    ]);
  });
});

describe("valueOf", () => {
  it("is the last one", () => {
    expect(valueOf("gen train vae --steps 10 --out a.png --steps 3", "--steps")).toBe("3");
  });

  it("must be there", () => {
    expect(() => valueOf("gen train vae", "--out")).toThrow('The command "gen train vae" has no --out.');
    expect(() => valueOf("gen train vae --out", "--out")).toThrow("has no --out");
  });
});
