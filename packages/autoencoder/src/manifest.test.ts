import { validate } from "@gen/core";
import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training }))
    if (property.type === "integer" || property.type === "number")
      expect(property.maximum).toBeGreaterThan(property.minimum);
});

it("has presets that are settings", () => {
  const presets: readonly { readonly model?: object; readonly training?: object }[] = Object.values(
    manifest.presets,
  );
  for (const { model = {}, training = {} } of presets) {
    expect(() => validate(manifest.model, { ...model }, "preset")).not.toThrow();
    expect(() => validate(manifest.training, { ...training }, "preset")).not.toThrow();
  }
});

it("promises no probability", () => {
  expect(manifest.capabilities).toEqual(["codec", "features"]);
  expect("sometimes" in manifest).toBe(false);
});
