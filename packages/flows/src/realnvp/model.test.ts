import { InputError, key, rows, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { dispose, memory, tensor1d, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it, test } from "vitest";
import { normalRows, realSpec } from "../testing/data.js";
import { expectInverse, expectLogDet } from "../testing/maps.js";
import { shaken } from "../testing/shaken.js";
import { manifest } from "./manifest.js";
import { realNvp } from "./model.js";

beforeAll(() => useBackend("cpu"));

const config = { couplings: 4, hidden: 8, scales: 3 };
const model = (shape: readonly number[]) => shaken(realNvp(realSpec(shape), config, key(1)), 0.15);

describe.each([[2], [5], [8]])("of %d numbers", (width) => {
  it("undoes itself to 1e-5", () => {
    using own = model([width]);
    expectInverse(own, normalRows([width], 32), 1e-5);
  });

  it("has the log-determinant of its Jacobian to 1e-3", () => {
    using own = model([width]);
    for (const seed of [1, 2, 3]) expectLogDet(own, normalRows([width], 1, seed));
  });
});

describe.each([
  [4, 4, 2],
  [6, 4, 1],
])("of images of %d×%d×%d", (...shape) => {
  const own = () => shaken(realNvp(realSpec(shape), config, key(1)), 0.05);

  it("undoes itself to 1e-4", () => {
    using flow = own();
    expectInverse(flow, normalRows(shape, 8), 1e-4);
  });

  it("has the log-determinant of its Jacobian to 1e-3", () => {
    using flow = own();
    for (const seed of [1, 2]) expectLogDet(flow, normalRows(shape, 1, seed));
  });
});

test("begins as the identity", () => {
  using flow = realNvp(realSpec([3]), config, key(1));
  const x = normalRows([3], 4);
  const { z, logDet } = flow.toLatent(x);
  z[0]!
    .dataSync()
    .forEach((value, i) => expect(value).toBeCloseTo((x.columns["x"]!.data as Float64Array)[i]!, 6));
  expect(Array.from(logDet.dataSync())).toEqual([0, 0, 0, 0]);
  z[0]!.dispose();
  logDet.dispose();
});

test("by default has the peer's parameters on the plane", () => {
  const defaults = Object.fromEntries(
    Object.entries(manifest.model).map(([name, { default: value }]) => [name, value]),
  );
  using flow = realNvp(realSpec([2]), defaults as unknown as typeof config, key(1));
  expect(Object.values(flow.variables).reduce((sum, { size }) => sum + size, 0)).toBe(139_296);
});

test("frees all that it made", () => {
  const before = memory().numTensors;
  realNvp(realSpec([4, 4, 1]), config, key(1))[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});

test.each<[string, DataSpec]>([
  ["text", { kind: "table", fields: { x: { type: "text" } } }],
  ["categories", { kind: "table", fields: { x: { type: "category", shape: [], levels: 3 } } }],
  ["gaps", { kind: "table", fields: { x: { type: "real", shape: [], optional: true } } }],
  ["sequences", { kind: "table", fields: { x: { type: "real", shape: [], sequence: true } } }],
  ["flat images", { kind: "images", fields: { x: { type: "real", shape: [16] } } }],
  [
    "images beside others",
    {
      kind: "images",
      fields: { x: { type: "real", shape: [4, 4, 1] }, y: { type: "real", shape: [4, 4, 1] } },
    },
  ],
  [
    "a label with gaps",
    {
      kind: "points",
      fields: {
        x: { type: "real", shape: [2] },
        y: { role: "y", type: "category", shape: [], levels: 2, optional: true },
      },
    },
  ],
])("refuses %s before it makes anything", (_, spec) => {
  const before = memory().numTensors;
  expect(() => realNvp(spec, config, key(1))).toThrow(InputError);
  expect(memory().numTensors).toBe(before);
});

test("shares a mask among couplings of one shape and parity", () => {
  const before = memory().numTensors;
  using flow = realNvp(realSpec([4]), { ...config, couplings: 8 }, key(1));
  const constants = memory().numTensors - before - Object.keys(flow.variables).length;
  expect(constants).toBe(2 + 1);
});

test("refuses masks and latents of more numbers than are reasonable before it makes any", () => {
  const before = memory().numTensors;
  const small = { couplings: 64, hidden: 1, scales: 1 };
  expect(() => realNvp(realSpec([2 ** 13, 2 ** 13, 1]), small, key(1))).toThrow(
    `${3 * 2 ** 26} numbers of masks and latents`,
  );
  expect(memory().numTensors).toBe(before);
});

test("has no joint density without labels, and takes no class that there is not", () => {
  using plain = realNvp(realSpec([2]), config, key(1));
  expect(() => plain.logJoint(normalRows([2], 3))).toThrow(/no classes/);
  const y = { role: "y", type: "category", shape: [], levels: 2 } as const;
  using labelled = realNvp({ kind: "points", fields: { ...realSpec([2]).fields, y } }, config, key(1));
  const condition = (level: number) => rows({ y: { data: tensor1d([level], "int32"), shape: [] } });
  const before = memory().numTensors;
  const [known, unknown] = [condition(1), condition(99)];
  expect(() => labelled.given(unknown)).toThrow(InputError);
  expect(() => labelled.given(known)).not.toThrow();
  for (const { columns } of [known, unknown]) dispose(columns["y"]!.data as Tensor);
  expect(memory().numTensors).toBe(before);
});

test("refuses more parameters than are reasonable, or than its file holds", () => {
  expect(() => realNvp(realSpec([2]), { couplings: 64, hidden: 4096, scales: 1 }, key(1))).toThrow(
    /parameters/,
  );
  expect(() => realNvp(realSpec([2]), config, key(1), 10)).toThrow(/the file holds 10/);
});
