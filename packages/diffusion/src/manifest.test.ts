import { validate } from "@gen/core";
import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every whole number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training, ...manifest.sampling }))
    if (property.type === "integer") expect(property.maximum).toBeGreaterThan(property.minimum);
});

it("has presets that are settings", () => {
  for (const preset of Object.values(manifest.presets)) {
    const { model, training }: { model?: object; training?: object } = preset;
    expect(() => validate(manifest.model, { ...model }, "preset")).not.toThrow();
    expect(() => validate(manifest.training, { ...training }, "preset")).not.toThrow();
  }
});

it("leaves out some labels, without which nothing would learn what the bound is of", () => {
  const validated = (dropout: number) => validate(manifest.training, { dropout }, "training");
  expect(validated(0.01).dropout).toBe(0.01);
  expect(() => validated(0)).toThrow(/dropout/);
});
