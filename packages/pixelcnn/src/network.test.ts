import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { uniforms } from "@gen/core/random";
import { grad, mul, slice, sum, tensor, tensor1d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { imageSpec } from "./testing/data.js";
import { families, type Family } from "./testing/models.js";

beforeAll(() => useBackend("wasm"));

const [height, width] = [10, 9];
const size = height * width;
const shape = [height, width, 1];
/** Images that a Jacobian is taken at: a unit that is off at one of them is on at another. */
const count = 8;

/** Whether the numbers of a pixel depend on each pixel: [size][size]. */
function dependence(family: Family): boolean[][] {
  const { network } = families[family](imageSpec({ shape, levels: 3 }), { hidden: 200, layers: 1 }).pixels;
  const x = tensor(uniforms(key(3), count * size), [count, size]);
  return Array.from({ length: size }, (_, pixel) => {
    const slopes = tidy(() => {
      const ofPixel = (input: Tensor): Tensor =>
        sum(mul(slice(network.all(input), [0, pixel, 0], [count, 1, 3]), tensor1d([1, 2, -4])));
      return grad(ofPixel)(x).dataSync<"float32">();
    });
    return Array.from({ length: size }, (_, other) =>
      Array.from({ length: count }, (_, image) => slopes[image * size + other]!).some((slope) => slope !== 0),
    );
  });
}

const place = (pixel: number): [number, number] => [Math.floor(pixel / width), pixel % width];

describe("the whole Jacobian", () => {
  it("of MADE has every pixel before and no other", () => {
    dependence("made").forEach((row, pixel) => {
      expect(row, `pixel ${pixel}`).toEqual(row.map((_, other) => other < pixel));
    });
  });

  it("of Gated PixelCNN has every pixel before within its reach, with no blind spot, and no other", () => {
    // The first layer reaches 3 pixels far, each of the two blocks one further.
    const reach = 5;
    dependence("pixelcnn").forEach((row, pixel) => {
      const [r, c] = place(pixel);
      const expected = row.map((_, other) => {
        const [above, aside] = [r - place(other)[0], c - place(other)[1]];
        return other < pixel && above <= reach && Math.abs(aside) <= reach;
      });
      expect(row, `pixel ${pixel}`).toEqual(expected);
    });
  });
});

describe.each(Object.keys(families) as Family[])("%s", (family) => {
  const labelled = imageSpec({ shape, levels: 3, classes: ["a", "b"] });

  it("gives of one pixel what it gives of all", () => {
    for (const spec of [imageSpec({ shape, levels: 3 }), labelled]) {
      const { network } = families[family](spec).pixels;
      const label = spec === labelled ? tensor([0, 1, 1, 0], [2, 2]) : undefined;
      for (const position of [0, 1, 8, 9, 44, 63, 89])
        tidy(() => {
          const known = uniforms(key(4), 2 * size).map((value, i) => (i % size < position ? value : 0));
          const x = tensor(known, [2, size]);
          const row = Math.floor(position / network.width);
          const one = network.one(x, position, network.prepare(x, row, label), label);
          const all = slice(network.all(x, label), [0, position, 0], [2, 1, 3]);
          const expected = all.dataSync();
          one.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
        });
    }
  });

  it("hears of the label at every pixel, the first one too", () => {
    const { network } = families[family](labelled).pixels;
    tidy(() => {
      const x = tensor(uniforms(key(5), size), [1, size]);
      const [a, b] = [
        [1, 0],
        [0, 1],
      ].map((label) => network.all(x, tensor(label, [1, 2])).dataSync());
      for (let pixel = 0; pixel < size; pixel++)
        expect(a!.slice(3 * pixel, 3 * pixel + 3)).not.toEqual(b!.slice(3 * pixel, 3 * pixel + 3));
    });
  });
});
