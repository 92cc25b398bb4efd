import { expect, test } from "vitest";
import { classColour, rgb } from "./class-colours.js";

test("colours are read long and short", () => {
  expect(rgb("#1797a6")).toEqual([23, 151, 166]);
  expect(rgb("#fff")).toEqual([255, 255, 255]);
});

test("after ten classes the colours come again", () => {
  expect(classColour(3)).toBe("class-3");
  expect(classColour(13)).toBe("class-3");
});
