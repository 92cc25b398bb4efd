import { beforeAll, describe, expect, it } from "vitest";
import { memory, mul, scalar, tidy } from "../../backend/engine.js";
import { useBackend } from "../../backend/index.js";
import type { Capable } from "../../capabilities/types.js";
import { rows, tensor, throughCodec } from "../index.js";
import { numbers } from "../testing/jacobian.js";
import type { DataSpec } from "../types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const spec: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [2] }, y: { type: "category", shape: [], levels: 2, role: "y" } },
};
const times =
  (factor: number, from: string, to: string) => (x: Parameters<typeof tensor>[0] & { length: number }) => ({
    length: x.length,
    columns: { [to]: { data: tidy(() => mul(tensor(x, from), scalar(factor))), shape: [2] } },
  });
const model: Capable<"codec"> = {
  spec,
  capabilities: new Set(["codec"]),
  codes: { kind: "codes", fields: { z: { type: "real", shape: [2] } } },
  compress: times(2, "x", "z"),
  reconstruct: times(0.5, "z", "x"),
};

describe("throughCodec", () => {
  const encoding = throughCodec(model);
  const x = rows({
    x: [
      [1, 2],
      [3, 4],
    ],
    y: Uint8Array.of(0, 1),
  });

  it("compresses and reconstructs in JavaScript arrays, leaving no tensor", () => {
    const before = memory().numTensors;
    const z = encoding.encode(x);
    expect(numbers(z, "z")).toEqual(Float64Array.of(2, 4, 6, 8));
    expect(z.columns.y).toBe(x.columns.y);
    expect(Object.keys(z.columns).sort()).toEqual(["y", "z"]);
    const back = encoding.decode(z);
    expect(numbers(back, "x")).toEqual(numbers(x, "x"));
    expect(back.columns.y).toBe(x.columns.y);
    expect(memory().numTensors).toBe(before);
  });

  it("is lossy, keeps y in its codes and is only named in a file", () => {
    expect(encoding).toMatchObject({ id: "codec", fidelity: "lossy", stochastic: false, from: spec });
    expect(encoding.to).toEqual({
      kind: "codes",
      fields: { z: { type: "real", shape: [2] }, y: spec.fields.y },
    });
    expect(encoding.toJSON()).toEqual({ id: "codec" });
    expect(() => encoding.logDet(x, x)).toThrow('Encoding "codec" has no log-determinant');
  });

  it("leaves conditions alone", () => {
    const label = rows({ y: Uint8Array.of(1) });
    expect(encoding.encode(label)).toBe(label);
    expect(encoding.decode(label)).toBe(label);
  });
});
