import { validate } from "@gen/core";
import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every whole number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training }))
    if (property.type === "integer") expect(property.maximum).toBeGreaterThan(property.minimum);
});

it("has presets that are settings", () => {
  for (const { training } of Object.values(manifest.presets))
    expect(() => validate(manifest.training, training, "preset")).not.toThrow();
});
