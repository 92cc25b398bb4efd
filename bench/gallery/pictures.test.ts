import { describe, expect, it } from "vitest";
import { valueOf, wordsOf } from "./command.js";
import { pictures } from "./pictures.js";

const files = pictures.flatMap(({ train, sample }) =>
  [...train, sample].map((line) => valueOf(line, "--out")),
);

describe("the list of pictures", () => {
  it("has names and files of their own", () => {
    const names = pictures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(files).size).toBe(files.length);
  });

  it.each(pictures)("$name trains a length that is told, then draws 100 of the last model", (picture) => {
    for (const line of picture.train) {
      expect(wordsOf(line).slice(0, 2)).toEqual(["gen", "train"]);
      expect(Number(valueOf(line, "--steps"))).toBeGreaterThan(0);
      expect(valueOf(line, "--data")).toMatch(/^mnist\b/);
    }
    const last = valueOf(picture.train.at(-1)!, "--out");
    expect(wordsOf(picture.sample).slice(0, 3)).toEqual(["gen", "sample", last]);
    expect(valueOf(picture.sample, "-n")).toBe("100");
    expect(valueOf(picture.sample, "--out")).toBe(`${picture.name}.png`);
  });
});
