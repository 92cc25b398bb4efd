import {
  column,
  demand,
  has,
  InputError,
  key,
  readSync,
  rows,
  sample,
  trace,
  type Capable,
  type Frame,
  type Rows,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, reshape, slice, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { allImages, imageSpec, imagesOf } from "./testing/data.js";
import { chiSquareLimit } from "./testing/chi-square.js";
import { families, type Family } from "./testing/models.js";

beforeAll(() => useBackend("wasm"));

const shape = [3, 3, 1];
const every = allImages(9, shape);
const total = (logProbs: Float64Array): number => logProbs.reduce((sum, value) => sum + Math.exp(value), 0);
const logProbOf = (model: Capable, x: Rows): Float64Array => readSync(demand(model, "density").logProb(x));
const given = (levels: readonly number[], own: Readonly<Record<string, Int32Array>> = {}): Rows =>
  rows({ image: { data: Int32Array.from({ length: 9 }, (_, i) => levels[i] ?? -1), shape }, ...own });
const begins = (row: number, levels: readonly number[]): boolean =>
  levels.every((level, i) => ((row >> i) & 1) === level);

describe.each(Object.keys(families) as Family[])("%s", (family) => {
  const plain = () => families[family](imageSpec());
  const labelled = () => families[family](imageSpec({ classes: ["dark", "light"] }));

  describe("probabilities of all 512 binary images", () => {
    it("sum to 1", () => {
      expect(Math.abs(total(logProbOf(plain(), every)) - 1)).toBeLessThan(1e-5);
    });

    it("sum to 1 with labels, over both and in each class", () => {
      const model = labelled();
      const logJoint = readSync(model.logJoint(every));
      expect(Math.abs(total(logJoint) - 1)).toBeLessThan(1e-5);
      expect(Math.abs(total(logProbOf(model, every)) - 1)).toBeLessThan(1e-5);
      for (const y of [0, 1]) {
        const view = model.given(rows({ y: Int32Array.of(y) }));
        const logProbs = logProbOf(view, every);
        expect(Math.abs(total(logProbs) - 1)).toBeLessThan(1e-5);
        const prior = logJoint[y]! - logProbs[0]!;
        logProbs.forEach((value, i) => expect(logJoint[2 * i + y]).toBeCloseTo(prior + value, 3));
      }
    });

    it.each([[[1]], [[0, 1, 1, 0]], [[1, 1, 0, 1, 0, 1, 1, 0, 0]]])(
      "that begin with %j sum to 1 when that is given, and are in proportion",
      (levels) => {
        for (const model of [plain(), labelled()]) {
          const all = logProbOf(model, every);
          const view = model.given(given(levels));
          const found = logProbOf(view, every);
          const beginning = total(all.filter((_, row) => begins(row, levels)));
          expect(Math.abs(total(found) - 1)).toBeLessThan(1e-5);
          found.forEach((value, row) => {
            if (begins(row, levels)) expect(value).toBeCloseTo(all[row]! - Math.log(beginning), 3);
            else expect(value).toBe(-Infinity);
          });
        }
      },
    );
  });

  describe("samples", () => {
    /** Chi-square of how often each image is drawn, rare ones together. */
    async function ensureDrawn(model: Capable, logProbs: Float64Array, labels = 1): Promise<void> {
      const count = 5000;
      const drawn = await sample(demand(model, "sample"), { key: key(3), count });
      const pixels = column(drawn, "image").data as Int32Array;
      const y = labels > 1 ? (column(drawn, "y").data as Int32Array) : new Int32Array(count);
      const seen = new Float64Array(logProbs.length);
      for (let row = 0; row < count; row++) {
        const image = pixels.subarray(9 * row, 9 * row + 9).reduce((sum, level, i) => sum + (level << i), 0);
        seen[image * labels + y[row]!]!++;
      }
      const [rare, cells] = [{ seen: 0, expected: 0 }, [] as { seen: number; expected: number }[]];
      logProbs.forEach((logProb, cell) => {
        const expected = count * Math.exp(logProb);
        if (expected >= 5) cells.push({ seen: seen[cell]!, expected });
        else {
          rare.seen += seen[cell]!;
          rare.expected += expected;
        }
      });
      if (rare.expected >= 5) cells.push(rare);
      const squares = cells.reduce((sum, cell) => sum + (cell.seen - cell.expected) ** 2 / cell.expected, 0);
      expect(cells.length).toBeGreaterThan(30);
      expect(squares).toBeLessThan(chiSquareLimit(cells.length));
    }

    it("are drawn as often as they are likely", async () => {
      const model = plain();
      await ensureDrawn(model, logProbOf(model, every));
    });

    it("have labels as often as they are likely, and are drawn given them", async () => {
      const model = labelled();
      await ensureDrawn(model, readSync(model.logJoint(every)), 2);
    });

    it("begin with what is given, with labels as likely as those pixels make them", async () => {
      const levels = [0, 1];
      const view = labelled().given(given(levels));
      await ensureDrawn(view, readSync(demand(view, "joint").logJoint(every)), 2);
    });

    it("carry what is given, whatever the temperature", async () => {
      const view = labelled().given(given([1, 0, 1, 1], { y: Int32Array.of(1) }));
      const options = { temperature: 0.3 };
      const drawn = await sample(demand(view, "sample"), { key: key(5), count: 4, options });
      expect(Array.from(column(drawn, "y").data as Int32Array)).toEqual([1, 1, 1, 1]);
      const pixels = column(drawn, "image").data as Int32Array;
      for (let row = 0; row < 4; row++)
        expect(Array.from(pixels.subarray(9 * row, 9 * row + 4))).toEqual([1, 0, 1, 1]);
    });

    it("of a whole image are that image", async () => {
      const whole = [1, 0, 1, 1, 0, 0, 0, 1, 1];
      const view = demand(plain().given(given(whole)), "sample");
      const drawn = await sample(view, { key: key(5), count: 1 });
      expect(Array.from(column(drawn, "image").data as Int32Array)).toEqual(whole);
    });

    it("can be watched: pixels appear after those that are given", async () => {
      const frames: Frame[] = [];
      const view = demand(labelled().given(given([1, 0])), "sample");
      for await (const frame of trace(view, { key: key(6), count: 1, candidates: 2 })) frames.push(frame);
      expect(frames).toHaveLength(7);
      frames.forEach(({ x, candidates }, i) => {
        const pixels = Array.from(column(x!, "image").data as Int32Array);
        expect(pixels.slice(0, 2)).toEqual([1, 0]);
        expect(pixels.filter((level) => level === -1)).toHaveLength(6 - i);
        expect(column(x!, "y").data).toHaveLength(1);
        const [zero, one] = candidates![0]!;
        expect(zero!.probability + one!.probability).toBeCloseTo(1, 5);
        expect([zero, one].find((told) => told!.chosen)!.label).toBe(String(pixels[2 + i]));
      });
    });
  });

  describe("what can be given", () => {
    it("is said", () => {
      const { condition } = labelled();
      expect(condition.fields["image"]).toMatchObject({ optional: true, levels: 2 });
      expect(condition.fields["y"]).toMatchObject({ optional: true, names: ["dark", "light"] });
      const view = labelled().given(rows({ y: ["light"] }));
      expect(has(view, "autoregressive", "density", "sample")).toBe(true);
      expect(has(view, "joint")).toBe(false);
      expect(view.absent).toEqual({ joint: "the label is given" });
      expect(has(labelled(), "autoregressive")).toBe(false);
    });

    it("may be tensors", () => {
      const model = labelled();
      const levels = given([1, 0]);
      const y = Int32Array.of(1);
      const pixels = tensor4d(column(levels, "image").data as Int32Array, [1, 3, 3, 1], "int32");
      const label = tensor1d(y, "int32");
      const view = model.given({
        length: 1,
        columns: { image: { data: pixels, shape }, y: { data: label, shape: [] } },
      });
      const same = model.given(given([1, 0], { y }));
      expect(has(view, "joint")).toBe(false);
      expect(logProbOf(view, every)).toEqual(logProbOf(same, every));
      expect(label.isDisposed || pixels.isDisposed).toBe(false);
    });

    it.each<[string, Rows, RegExp]>([
      ["nothing", { length: 1, columns: {} }, /^Give one row with "image" or "y"\.$/],
      ["two rows", rows({ y: Int32Array.of(0, 1) }), /^Give one row/],
      ["no class", rows({ y: Int32Array.of(2) }), /"y" is 2 in row 1/],
      ["no level", given([7]), /"image" is 7 in row 1/],
      [
        "a pixel after a gap",
        given([1, -1, -1, -1, 0]),
        /row 2, column 2 is given after one that is missing/,
      ],
    ])("%s is refused", (_, condition, says) => {
      const before = memory().numTensors;
      const model = labelled();
      const owned = memory().numTensors;
      expect(() => model.given(condition)).toThrow(InputError);
      expect(() => model.given(condition)).toThrow(says);
      expect(memory().numTensors).toBe(owned);
      model[Symbol.dispose]();
      expect(memory().numTensors).toBe(before);
    });
  });

  it("refuses to draw pixels while the label is open, and a joint density without labels", () => {
    const before = memory().numTensors;
    const model = labelled();
    expect(() => model.begin(1)).toThrow(InputError);
    expect(() => model.begin(1)).toThrow(/only when "y" is given: use given\(rows\({ "y": … }\)\)/);
    const view = model.given(given([1, 0]));
    expect(() => (view as unknown as typeof model).begin(1)).toThrow(/only when "y" is given/);
    const unlabelled = plain();
    expect(() => unlabelled.logJoint(every)).toThrow(InputError);
    expect(() => unlabelled.logJoint(every)).toThrow("The data have no labels: ask for logProb instead.");
    model[Symbol.dispose]();
    unlabelled[Symbol.dispose]();
    expect(memory().numTensors).toBe(before);
  });

  it("refuses images with gaps or of other levels", () => {
    for (const wrong of [given([1, 0]), imagesOf([[2, 0, 0, 0, 0, 0, 0, 0, 0]], shape)])
      expect(() => plain().logProb(wrong)).toThrow(InputError);
    expect(plain().logProb(imagesOf([], shape)).shape).toEqual([0]);
  });

  it("exports the distribution of every pixel", () => {
    const model = families[family](imageSpec({ levels: 3, classes: ["a", "b"] }));
    const distribution = model.functions["pixels"]!;
    expect([Object.keys(distribution.inputs), distribution.outputs]).toEqual([["image", "y"], ["logProb"]]);
    const { pixels } = model;
    const x = imagesOf([[2, 0, 1, 1, 2, 0, 0, 1, 2]], shape);
    const levels = pixels.tensor(x);
    const image = reshape(levels, [1, 3, 3, 1]);
    const { logProb } = distribution.call({ image, y: reshape(slice(levels, [0, 2], [1, 1]), [1]) });
    expect(logProb!.shape).toEqual([1, 3, 3, 1, 3]);
    const values = logProb!.dataSync();
    const sum = Array.from(column(x, "image").data as Int32Array).reduce(
      (all, level, i) => all + values[3 * i + level]!,
      0,
    );
    expect(logProbOf(model.given(rows({ y: Int32Array.of(1) })), x)[0]).toBeCloseTo(sum, 3);
  });
});
