import { column, InputError, readSync, rows, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { PixelModel } from "./pixel-model.js";
import { PixelView } from "./view.js";
import { imageSpec, imagesOf } from "./testing/data.js";
import { families, type Family } from "./testing/models.js";

beforeAll(() => useBackend("cpu"));

const shape = [4, 3, 1];
const spec = imageSpec({ shape, levels: 4 });
const image = [3, 0, 1, 2, 2, 1, 0, 3, 1, 0, 2, 3];
const x = imagesOf([image], shape);
const ids = (levels: readonly number[]) => tensor([...levels], [1, levels.length], "int32");

/** What a model says of images that begin with some pixels. */
function beginning(model: PixelModel, levels: readonly number[]): PixelView {
  const view = model.given(part(levels));
  if (!(view instanceof PixelView)) throw new TypeError("The model gives another view.");
  return view;
}

/** log p of the next level after pieces of an image that are appended one after the other. */
const after = (view: PixelView, pieces: readonly (readonly number[])[]): number[] =>
  tidy(() => {
    const state = pieces.reduce((s, piece) => view.append(s, ids(piece)), view.begin(1));
    return Array.from(view.next(state).logits.dataSync());
  });

/** An image of which some pixels are missing. */
const part = (levels: readonly number[]): Rows =>
  imagesOf([[...levels, ...new Array<number>(image.length - levels.length).fill(-1)]], shape);

describe.each(Object.keys(families) as Family[])("%s", (family) => {
  const model = (): PixelModel => families[family](spec);

  it("reads pixels one by one, or any number at once", () => {
    const view = model();
    for (let size = 1; size < image.length; size++) {
      const line = image.slice(0, size);
      const one = after(
        view,
        line.map((level) => [level]),
      );
      for (const split of [0, 1, 2, 4, 7].filter((at) => at < size)) {
        const pieces = split === 0 ? [line] : [line.slice(0, split), line.slice(split)];
        after(view, pieces).forEach((value, i) => expect(value).toBeCloseTo(one[i]!, 4));
      }
    }
  });

  it("sums to log p(x), from the first pixel on or after those given", () => {
    const view = model();
    const steps = image.map((level, i) => after(view, i === 0 ? [] : [image.slice(0, i)])[level]!);
    for (const given of [0, 1, 3, 7, 12]) {
      const later = steps.slice(given).reduce((sum, value) => sum + value, 0);
      const own = given === 0 ? view : beginning(model(), image.slice(0, given));
      expect(readSync(own.logProb(x))[0]).toBeCloseTo(later, 4);
    }
  });

  it("after given pixels begins where they end", () => {
    const given = beginning(model(), image.slice(0, 5));
    after(given, [[image[5]!]]).forEach((value, i) =>
      expect(value).toBeCloseTo(after(model(), [image.slice(0, 6)])[i]!, 4),
    );
    const symbols = given.symbols(x);
    expect(symbols).toEqual({ data: Int32Array.from(image.slice(5)), shape: [7] });
    const { data, shape: own } = column(given.assemble(symbols), "image");
    expect(own).toEqual(shape);
    expect(Array.from((data as ReturnType<typeof ids>).dataSync())).toEqual(image);
  });

  it("takes images of one pixel, and labels of one class", () => {
    const one = families[family](imageSpec({ shape: [1, 1, 1], classes: ["only"] }));
    const dark = imagesOf([[0]], [1, 1, 1]);
    const given = one.given(rows({ y: ["only"] }));
    if (!(given instanceof PixelView)) throw new TypeError("The model gives another view.");
    const found = after(given, []);
    expect(found.map(Math.exp).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(readSync(one.logProb(dark))[0]).toBeCloseTo(found[0]!, 5);
    expect(() => after(given, [[0]])).toThrow("The image is complete");
  });

  it("says what it can't do", () => {
    const view = model();
    expect(() => after(view, [image])).toThrow("The image is complete: there is no next pixel.");
    expect(() => view.assemble({ data: Int32Array.of(1, 2), shape: [2] })).toThrow(
      "An image has 12 pixels here, and there are 2 symbols.",
    );
    const given = beginning(model(), [0, 0]);
    expect(() => given.symbols(x)).toThrow(InputError);
  });
});
