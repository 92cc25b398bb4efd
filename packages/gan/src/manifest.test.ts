import { validate } from "@gen/core";
import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training }))
    if (property.type === "integer" || property.type === "number")
      expect(property.maximum).toBeGreaterThan(property.minimum);
});

it("has presets that are settings", () => {
  expect(() => validate(manifest.model, manifest.presets.small.model, "preset")).not.toThrow();
});

it("promises no probability", () => {
  expect(manifest.capabilities).toEqual(["implicit", "features", "sample"]);
  expect(Object.keys(manifest.sometimes)).toEqual(["conditional"]);
});
