import { ragged, rows, type DataSpec } from "@gen/core";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import type { Predictions } from "../engine/protocol.js";
import { PredictionsView } from "./predictions.js";

const show = (spec: DataSpec, predictions: Predictions, regions = false): string =>
  render(
    <PredictionsView
      spec={spec}
      predictions={predictions}
      regions={
        regions
          ? {
              columns: 1,
              rows: 1,
              bounds: { x: [0, 1], y: [0, 1] },
              best: Int32Array.of(0),
              certainty: Float32Array.of(1),
            }
          : undefined
      }
      data={undefined}
    />,
  );

const label = { role: "y", type: "category", shape: [], levels: 2, names: ["cat", "dog"] } as const;
const two = {
  names: ["cat", "dog"],
  best: Int32Array.of(1, 0),
  probabilities: Float64Array.of(0.125, 0.875, 1, 0),
  given: Int32Array.of(1, 1),
  judged: { right: 3, of: 4 },
};

test("rows stand with their label, the one that is told, and the probabilities", () => {
  const spec: DataSpec = { kind: "table", fields: { size: { type: "real", shape: [] }, label } };
  const told = { ...two, of: rows({ size: [4.5, 7] }) };
  const html = show(spec, told);
  expect(html).toContain("75.0 % right");
  expect(html).toContain("of 4 labels of the data chosen.");
  expect(show(spec, { ...told, heldOut: true })).toContain("of 4 labels that training does not see.");
  expect(show(spec, { ...told, heldOut: false })).toContain("of 4 labels of the data that it learns from.");
  expect(html).toMatch(/4\.5.*dog.*dog.*right.*dog: 87\.5 % · cat: 12\.5 %/);
  expect(html).toMatch(/7<.*dog.*cat.*wrong.*cat: 100\.0 %/);
});

test("without labels there is neither a verdict nor an accuracy; points have their plane, images their picture", () => {
  const { names, best, probabilities } = two;
  const told = { names, best, probabilities, heldOut: false };
  const points = show(
    { kind: "points", fields: { x: { type: "real", shape: [2] }, label } },
    {
      ...told,
      of: rows({
        x: [
          [1, 2],
          [3, 4],
        ],
      }),
    },
    true,
  );
  expect(points).not.toMatch(/right|wrong|Given/);
  expect(points.match(/<canvas/g)).toHaveLength(1);
  const image = { data: new Uint8Array(8), shape: [2, 2, 1] };
  const images = show(
    {
      kind: "images",
      fields: { image: { type: "category", shape: [2, 2, 1], levels: 256 }, label },
    },
    { ...told, of: rows({ image }) },
  );
  expect(images.match(/<canvas/g)).toHaveLength(2);
});

const states: Predictions = {
  of: rows({ symbols: ragged([[0, 1], [1]]) }),
  names: ["none", "，"],
  best: Int32Array.of(0, 1, 0),
  probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4),
  lengths: Int32Array.of(2, 1),
  heldOut: true,
};
const tagged: Predictions = { ...states, given: Int32Array.of(0, 0, -1) };
const symbols = { type: "category", sequence: true, shape: [], levels: 2, names: ["春", "風"] } as const;

test("sequences show of each element the given tag and the one that is told", () => {
  const spec: DataSpec = { kind: "sequences", fields: { symbols, tags: { ...symbols, role: "y" } } };
  const html = show(spec, tagged);
  expect(html).toContain("the given tag");
  expect(show(spec, states)).toMatch(/below it the tag that the model tells/);
  expect(html.match(/<ol/g)).toHaveLength(2);
  expect(html).toMatch(/春.*none.*none.*風.*none.*， ✗.*風.*–.*none/);
  expect(html).toContain('title="， 80.0 %"');
});

test("texts and numbers show the hidden state of each element", () => {
  const text = show(
    { kind: "text", fields: { text: { type: "text" } } },
    { ...states, of: rows({ text: ["𠮷人", "a"] }) },
  );
  expect(text).toContain("the hidden state");
  expect(text).toMatch(/𠮷.*none.*人.*，.*a.*none/);
  const numbers = show(
    { kind: "sequences", fields: { pair: { type: "real", sequence: true, shape: [2] } } },
    {
      ...states,
      of: {
        length: 2,
        columns: {
          pair: { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2], lengths: Int32Array.of(2, 1) },
        },
      },
    },
  );
  expect(numbers).toMatch(/1 2.*3 4.*5 6/);
});
