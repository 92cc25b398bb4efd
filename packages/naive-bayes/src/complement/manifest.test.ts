import { validate } from "@gen/core";
import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training }))
    if (property.type === "number") expect(property.maximum).toBeGreaterThan(property.minimum);
});

it("has defaults that are settings", () => {
  expect(() => validate(manifest.model, {}, "model")).not.toThrow();
  expect(() => validate(manifest.training, {}, "training")).not.toThrow();
});
