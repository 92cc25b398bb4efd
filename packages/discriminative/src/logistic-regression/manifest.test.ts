import { expect, it } from "vitest";
import { manifest } from "./manifest.js";

it("bounds every whole number", () => {
  for (const property of Object.values({ ...manifest.model, ...manifest.training }))
    if (property.type === "integer") expect(property.maximum).toBeGreaterThan(property.minimum);
});
