import { expect, test } from "vitest";
import { MissingCapabilityError } from "../errors.js";
import { demand, has } from "./has.js";
import { fake } from "./testing/fakes.js";

const logProb = () => new Float64Array(1);

test("a model has what it says and shows", () => {
  const model = fake({ logProb, features: logProb }, ["density", "features"]);
  expect(has(model, "density")).toBe(true);
  expect(has(model, "density", "features")).toBe(true);
  expect(has(model, "density", "bound")).toBe(false);
});

test("neither a name without members nor members without the name are enough", () => {
  expect(has(fake({}, ["density"]), "density")).toBe(false);
  expect(has(fake({ logProb }, []), "density")).toBe(false);
  expect(has(fake({ prior: 1, encode: 1 }, ["latent"]), "latent")).toBe(false);
});

test("members are looked for, not read", () => {
  const model = fake(
    {
      get protocol() {
        throw new Error("read");
      },
    },
    ["sample"],
  );
  expect(has(model, "sample")).toBe(true);
});

test("demand gives the model back, or says what is missing, why, and what is there", () => {
  const model = fake({ logProb, features: logProb }, ["features", "density"], { bound: "the data are real" });
  expect(demand(model, "density")).toBe(model);
  expect(() => demand(model, "density", "bound", "sample")).toThrow(
    new MissingCapabilityError(
      'This model has no "bound" (the data are real) and no "sample"; it has: density, features.',
    ),
  );
  expect(() => demand(fake({}, ["density"]), "density")).toThrow(
    'This model has no "density"; it has: no capability.',
  );
});
