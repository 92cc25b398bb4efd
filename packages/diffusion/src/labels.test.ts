import { InputError, key, rows, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { labelOf, Labels } from "./labels.js";
import { pointSpec } from "./testing/data.js";

beforeAll(() => useBackend("cpu"));

const numbers = (x: Tensor): number[] => Array.from(x.dataSync());
const three = () => new Labels({ name: "y", levels: 3 });

it("is the one category of role y, if there is one", () => {
  expect(labelOf(pointSpec)).toEqual({ name: "label", levels: 2 });
  expect(labelOf({ kind: "points", fields: { x: pointSpec.fields["x"]! } })).toBeUndefined();
  const odd: DataSpec["fields"][] = [
    { y: { role: "y", type: "real", shape: [] } },
    { y: { role: "y", type: "category", levels: 2, shape: [2] } },
    { y: { role: "y", type: "category", levels: 2, shape: [], sequence: true } },
  ];
  for (const fields of odd) expect(() => labelOf({ kind: "points", fields })).toThrow(InputError);
});

it("takes a missing label as none, and gives none back as missing", () => {
  const before = memory().numTensors;
  const labels = three();
  tidy(() => {
    const found = labels.of(rows({ y: Int32Array.of(2, -1, 0) }));
    expect([found.dtype, numbers(found)]).toEqual(["int32", [2, 3, 0]]);
    const column = labels.column(found);
    expect([column.shape, numbers(column.data as Tensor)]).toEqual([[], [2, -1, 0]]);
    expect(() => labels.of(rows({ x: [1] }))).toThrow(/no column "y"/);
  });
  for (const variable of Object.values(labels.variables)) variable.dispose();
  expect(memory().numTensors).toBe(before);
});

it("takes a share of labels away", () => {
  const labels = three();
  tidy(() => {
    const all = labels.of(rows({ y: new Int32Array(4000).fill(1) }));
    for (const share of [0, 0.2, 1]) {
      const kept = numbers(labels.dropped(all, share, key(1)));
      expect(new Set(kept).size).toBe(share === 0.2 ? 2 : 1);
      const gone = kept.filter((label) => label === 3).length / 4000;
      expect(Math.abs(gone - share)).toBeLessThan(0.04);
    }
  });
});

describe("draws", () => {
  it("all labels alike before any was seen, then as often as they were", () => {
    const labels = three();
    const shares = (): number[] =>
      tidy(() => {
        const drawn = numbers(labels.drawn(key(2), 3000));
        return [0, 1, 2].map((label) => drawn.filter((each) => each === label).length / 3000);
      });
    for (const share of shares()) expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05);
    tidy(() => {
      // Unlabelled rows count for nothing.
      const [counts, value] = labels.counted(labels.of(rows({ y: Int32Array.of(0, 0, 0, 2, -1) })));
      counts.assign(value);
    });
    shares().forEach((share, label) => expect(Math.abs(share - [0.75, 0, 0.25][label]!)).toBeLessThan(0.05));
  });
});

it("gives one label to all rows, or each its own", () => {
  const labels = three();
  tidy(() => {
    expect(numbers(labels.repeated(Int32Array.of(2), 3))).toEqual([2, 2, 2]);
    expect(numbers(labels.repeated(Int32Array.of(0, -1, 1), 3))).toEqual([0, 3, 1]);
  });
  expect(() => labels.repeated(Int32Array.of(0, 1), 3)).toThrow("There are 2 labels for 3 rows");
});

it("counts and draws the only label there is", () => {
  const labels = new Labels({ name: "y", levels: 1 });
  tidy(() => {
    const [, counts] = labels.counted(labels.of(rows({ y: Int32Array.of(0, -1, 0) })));
    expect(numbers(counts)).toEqual([2]);
    expect(numbers(labels.drawn(key(1), 3))).toEqual([0, 0, 0]);
  });
});
