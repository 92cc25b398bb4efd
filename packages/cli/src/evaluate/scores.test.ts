import { rows, type Capable, type Field, type Rows } from "@gen/core";
import { expect, test } from "vitest";
import { Scores } from "./scores.js";

const real: Field = { type: "real", shape: [] };
const label: Field = { type: "category", shape: [], levels: 2, role: "y" };
const spec = { kind: "table", fields: { a: real, sort: label } } as const;

/** A model that has a likelihood only when some fields are given. */
function given(name: "a" | "sort"): Capable {
  const view = {
    spec,
    capabilities: new Set(["density"]),
    logProb: (x: Rows) => new Float64Array(x.length).fill(-1),
  };
  const condition = { kind: "table", fields: { [name]: spec.fields[name] } };
  return { spec, capabilities: new Set(["conditional"]), condition, given: () => view } as unknown as Capable;
}

test.each([
  ["a", { of: "sort", given: ["a"] }],
  ["sort", { given: ["sort"] }],
] as const)("a likelihood given %s says what it is of", async (name, expected) => {
  const scores = new Scores(given(name), { seed: 1, samples: 1 });
  await scores.add(rows({ a: [1, 2], sort: [0, 1] }));
  const { likelihood } = scores;
  expect({ ...(likelihood?.of !== undefined && { of: likelihood.of }), given: likelihood?.given }).toEqual(
    expected,
  );
});
