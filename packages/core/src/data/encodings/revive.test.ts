import { beforeAll, describe, expect, it } from "vitest";
import { key } from "../../random/index.js";
import type { Json } from "../../types.js";
import {
  binarise,
  characters,
  column,
  dataset,
  dequantise,
  encodedView,
  identity,
  logit,
  oneHot,
  pca,
  pipe,
  reviveEncoding,
  rows,
  scale,
  scaleLevels,
  standardise,
} from "../index.js";
import type { DataSpec, Encoding, Rows } from "../types.js";
import { float64FromText, float64ToText } from "./base64.js";

const points: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [2] }, y: { type: "category", shape: [], levels: 2, role: "y" } },
};
const images: DataSpec = {
  kind: "images",
  fields: { x: { type: "category", shape: [2], levels: 256 }, y: points.fields.y! },
};
const text: DataSpec = { kind: "text", fields: { x: { type: "text" }, y: points.fields.y! } };
const y = Uint8Array.of(0, 1, 1);
const real = rows({
  x: [
    [0.1, 0.2],
    [1 / 3, 0.7],
    [0.9, 1],
  ],
  y,
});
const pixels = rows({ x: { data: Uint8Array.of(0, 128, 255, 3, 77, 200), shape: [2] }, y });
const lines = rows({ x: ["ab", "", "b龍"], y });

let cases: readonly (readonly [Encoding, Rows])[];
beforeAll(async () => {
  const some = dataset(points, real);
  const unbounded = pipe(dequantise(images), logit(dequantise(images).to));
  cases = [
    [identity(points), real],
    [await standardise(some), real],
    [scale(points, { from: [0, 3], to: [-1, 1] }), real],
    [logit(points, { alpha: 0.01 }), real],
    [await pca(some, { components: 2, whiten: true }), real],
    [scaleLevels(images, { to: [-1, 1] }), pixels],
    [dequantise(images), pixels],
    [oneHot(images), pixels],
    [binarise(images), pixels],
    [binarise(images, { threshold: 100 }), pixels],
    [await characters(dataset(text, lines)), lines],
    [await characters(dataset(text, lines), { unknown: "?" }), lines],
    [pipe(unbounded, await standardise(encodedView(dataset(images, pixels), unbounded))), pixels],
  ];
});

describe("every encoding", () => {
  it("encodes and decodes identically after JSON", () => {
    for (const [encoding, x] of cases) {
      const revived = reviveEncoding(JSON.parse(JSON.stringify(encoding.toJSON())) as Json);
      const z = encoding.encode(x, key(3));
      expect(revived.encode(x, key(3))).toEqual(z);
      expect(revived.decode(z)).toEqual(encoding.decode(z));
      expect(revived).toMatchObject({
        id: encoding.id,
        from: encoding.from,
        to: encoding.to,
        fidelity: encoding.fidelity,
        stochastic: encoding.stochastic,
      });
      expect(revived.loses).toBe(encoding.loses);
      expect(revived.toJSON()).toEqual(encoding.toJSON());
      if (encoding.fidelity !== "lossy") expect(revived.logDet(x, z)).toEqual(encoding.logDet(x, z));
      else expect(() => encoding.logDet(x, z)).toThrow("has no log-determinant");
    }
  });

  it("gives what its target specification says and doesn't change what it was given", () => {
    for (const [encoding, x] of cases) {
      const copy = structuredClone(x);
      const z = encoding.encode(x, key(1));
      expect(dataset(encoding.to, z).length).toBe(3);
      expect(dataset(encoding.from, encoding.decode(z)).length).toBe(3);
      expect(x).toEqual(copy);
      expect(column(z, "y")).toEqual(column(x, "y"));
    }
  });

  it("leaves a condition and strangers' columns alone", () => {
    for (const [encoding] of cases) {
      const condition = rows({ y: Uint8Array.of(1), other: ["a"] });
      expect(encoding.encode(condition, key(1))).toEqual(condition);
      expect(encoding.decode(condition)).toEqual(condition);
      if (encoding.fidelity !== "lossy")
        expect([...(encoding.logDet(condition, condition) as Float64Array)]).toEqual([0]);
    }
  });

  it("works on no rows", () => {
    for (const [encoding, x] of cases) {
      const none: Rows = {
        length: 0,
        columns: Object.fromEntries(
          Object.entries(x.columns).map(([name, one]) => [
            name,
            { ...one, data: typeof one.data[0 as never] === "string" ? [] : new Float64Array(0) },
          ]),
        ),
      };
      const z = encoding.encode(none, key(1));
      expect(z.length).toBe(0);
      expect(encoding.decode(z).length).toBe(0);
    }
  });
});

describe("pipe", () => {
  it("is flat, and as weak as its weakest part", () => {
    const to = dequantise(images).to;
    const nested = pipe(pipe(identity(images), dequantise(images)), logit(to));
    expect(nested.parts!.map(({ id }) => id)).toEqual(["identity", "dequantise", "logit"]);
    expect(nested.fidelity).toBe("bound");
    expect(pipe(identity(images), oneHot(images))).toMatchObject({
      fidelity: "lossy",
      loses: "a density over one-hot reals is no probability of the categories",
    });
    expect(pipe(identity(points), logit(points)).fidelity).toBe("exact");
  });

  it("refuses parts that do not meet", () => {
    expect(() => pipe()).toThrow("A pipe needs at least one encoding; use identity(spec) for none.");
    expect(() => pipe(identity(images), logit(points))).toThrow(
      'Encoding "logit" takes points: x real[2]; y category of 2 levels (label), but "identity" before it gives images: x category[2] of 256 levels; y category of 2 levels (label); make them with matching specifications.',
    );
  });
});

describe("reviveEncoding", () => {
  it("asks the revivers first, also for parts", () => {
    const own: Encoding = { ...identity(points), id: "mine", toJSON: () => ({ id: "mine" }) };
    const reviver = (json: Json): Encoding | undefined =>
      JSON.stringify(json) === '{"id":"mine"}' ? own : undefined;
    const revived = reviveEncoding(pipe(own, logit(points)).toJSON(), [() => undefined, reviver]);
    expect(revived.parts![0]).toBe(own);
  });

  it("refuses what is unknown or damaged", async () => {
    const fitted = (await standardise(dataset(points, real))).toJSON() as { [key: string]: Json };
    const nested = Array.from({ length: 9 }).reduce<Json>((inner) => ({ id: "pipe", parts: [inner] }), {
      id: "identity",
    });
    const coded = (await pca(dataset(points, real), { components: 1 })).toJSON() as { [key: string]: Json };
    const read = (await characters(dataset(text, lines))).toJSON() as { [key: string]: Json };
    for (const [json, message] of [
      [
        { id: "sorcery" },
        `The file's encoding "sorcery" is not known; install the plugin and version that wrote the file.`,
      ],
      [{ id: "toString" }, `The file's encoding "toString" is not known`],
      [nested, `The file's encoding "pipe" is not known`],
      [[], "The file's encoding is not an object; the file is damaged or of another version."],
      [
        { id: "codec" },
        "The file's encoding goes through a first stage that the file doesn't hold; save the model again with it.",
      ],
      [
        { ...fitted, maps: [{ name: "x", shift: [1], factor: [1] }] },
        `The file's encoding of "x" does not fit its field`,
      ],
      [
        { ...fitted, maps: [{ name: "x", shift: [1, 1], factor: [1, 0] }] },
        `The file's encoding of "x" does not fit its field`,
      ],
      [
        { ...fitted, maps: [{ name: "y", shift: [1], factor: [1] }] },
        `The file's encoding of "y" does not fit its field`,
      ],
      [{ ...coded, mean: "AAAA" }, "The file's encoding holds no usable numbers"],
      [{ ...coded, mean: "%" }, "The file's encoding holds no base64"],
      [{ ...coded, components: 2 }, `The file's encoding "pca" does not fit its fields`],
      [{ ...read, alphabet: ["a"] }, `The file's encoding "characters" has no usable alphabet`],
    ] as const) {
      expect(() => reviveEncoding(json)).toThrow(
        expect.objectContaining({
          name: "InputError",
          message: expect.stringContaining(message) as string,
        }) as Error,
      );
    }
  });

  it("keeps every bit of float64 in base64", () => {
    const numbers = Float64Array.of(0, -0, 1 / 3, -5e-324, Number.MAX_VALUE, Math.PI);
    expect(float64FromText(float64ToText(numbers))).toEqual(numbers);
    expect(float64ToText(Float64Array.of(1))).toBe("AAAAAAAA8D8=");
  });
});
