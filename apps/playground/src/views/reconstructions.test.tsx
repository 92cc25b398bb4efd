import type { DataSpec } from "@gen/core";
import { rows } from "@gen/core";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Reconstructions } from "./reconstructions.js";

const show = (spec: DataSpec, of: Parameters<typeof rows>[0], again: Parameters<typeof rows>[0]): string =>
  render(<Reconstructions spec={spec} data={undefined} again={{ of: rows(of), rows: rows(again) }} />);

test("tables stand beside what their codes keep", () => {
  const spec: DataSpec = { kind: "table", fields: { height: { type: "real", shape: [] } } };
  const html = show(spec, { height: [165] }, { height: [160] });
  expect(html).toMatch(/The data.*165.*From their codes.*160/);
});

test("images are two grids", () => {
  const spec: DataSpec = {
    kind: "images",
    fields: { image: { type: "category", shape: [2, 2, 1], levels: 256, ordered: true } },
  };
  const image = { data: new Uint8Array(8), shape: [2, 2, 1] };
  expect(show(spec, { image }, { image }).match(/<canvas/g)).toHaveLength(2);
});

test("points are one picture, which says what they are", () => {
  const spec: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [2] } } };
  const html = show(spec, { x: [[1, 2]] }, { x: [[1, 2]] });
  expect(html.match(/<canvas/g)).toHaveLength(1);
  expect(html).toContain("1 points from their codes (orange) over 1 points of the data (grey).");
});
