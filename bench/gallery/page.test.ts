import { describe, expect, it } from "vitest";
import { certaintyOf } from "./certainty.js";
import { bars, page, table } from "./page.js";
import type { Picture } from "./pictures.js";
import type { Result, Results } from "./shown.js";

const pictures: readonly Picture[] = ["first", "second", "third"].map((name) => ({
  name,
  title: `The ${name}`,
  train: [`gen train x --steps 10 --out ${name}.safetensors`],
  sample: `gen sample ${name}.safetensors -n 100 --out ${name}.png`,
}));
const certainty = certaintyOf("first", {
  peer: "torch 1",
  "judged.first.samples": 1000,
  "judged.first.share": 0.7125,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`judged.first.classes.${i}`, 95 + i])),
});
const result: Result = {
  commands: [],
  steps: [10, 40],
  seconds: 89.6,
  date: "2026-01-02",
  machine: "a machine",
  backend: "onnx",
};
const results: Results = {
  pictures: { first: { ...result, certainty }, third: { ...result, seconds: 1230 } },
  test: { ...certainty, share: 0.99 },
};

describe("table", () => {
  it("has a line for each picture that is there, and one for the data", () => {
    expect(table(pictures, results).split("\n").slice(2)).toEqual([
      "| [first](#first) | The first | 10 + 40 | 90 | 71.3 | 95 96 97 98 99 100 101 102 103 104 |",
      "| [third](#third) | The third | 10 + 40 | 1230 |  |  |",
      "|  | MNIST's own test images |  |  | 99.0 | 95 96 97 98 99 100 101 102 103 104 |",
    ]);
  });
});

describe("bars", () => {
  it("tells of the best and the longest", () => {
    expect(bars(pictures, results)).toBe(
      "- Of the best, first, 71.3 % are surely a digit; bar: at least 70 %, holds.\n" +
        "- The longest training, third, took 20.5 min; bar: at most 20 min, does not hold.",
    );
  });

  it("tells of nothing where nothing is known", () => {
    expect(bars(pictures, { pictures: {} })).toBe("");
    expect(bars(pictures, { pictures: { first: result } })).not.toContain("best");
  });
});

describe("page", () => {
  it("shows each picture with the commands that make it", () => {
    const text = page(pictures, results);
    expect(text).toContain(
      "## first\n\n![The first](first.png)\n\nThe first. Trained 2026-01-02 on a machine; @gen on onnx; classifier by torch 1.\n\n" +
        "```sh\npnpm -s gen train x --steps 10 --out first.safetensors\npnpm -s gen sample first.safetensors -n 100 --out first.png\n```",
    );
    expect(text).not.toContain("## second");
  });
});
