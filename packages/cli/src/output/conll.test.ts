import { ragged, rows, type DataSpec } from "@gen/core";
import { expect, test } from "vitest";
import { conll } from "./conll.js";

const spec: DataSpec = {
  kind: "sequences",
  fields: {
    tag: { role: "y", type: "category", sequence: true, shape: [], levels: 2, names: ["N", "V"] },
    sort: { role: "y", type: "category", shape: [], levels: 2 },
    word: { type: "category", sequence: true, optional: true, shape: [], levels: 2, names: ["a b", "c\td"] },
    place: { type: "real", sequence: true, shape: [2] },
  },
};

test("each element has a line, tags last, a missing value as _, and each sequence a blank line", () => {
  const x = rows({
    tag: ragged([[0, 1], [1]]),
    sort: [0, 1],
    word: ragged([[0, -1], [0]]),
    place: ragged(
      [
        [1, 2, 3, 4.5],
        [5, 6],
      ],
      [2],
    ),
  });
  expect(conll(x, spec)).toBe("a b\t1 2\tN\n_\t3 4.5\tV\n\na b\t5 6\tV\n\n");
});

test("what a line can't hold is refused", () => {
  expect(() => conll(rows({ word: ragged([[1]]) }), spec)).toThrow(
    'An element is "c\\td", which a line of columns can\'t hold',
  );
});
