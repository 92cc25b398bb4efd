import { all, isInputError } from "@gen/core";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseIdx } from "./idx.js";
import { parseImages } from "./images.js";
import { idxBytes } from "./testing/idx-bytes.js";

const images = idxBytes([3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
const labels = idxBytes([3], [9, 0, 4]);

const message = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    expect(isInputError(error)).toBe(true);
    return error instanceof Error ? error.message : "";
  }
  throw new Error("nothing was thrown");
};

describe("parseIdx", () => {
  it("reads shape and bytes", () => {
    const { shape, data } = parseIdx(images);
    expect(shape).toEqual([3, 2, 2]);
    expect([...data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
  });

  it("reads the same from gzip, and from within a larger buffer", () => {
    expect(parseIdx(gzipSync(images))).toEqual(parseIdx(images));
    const larger = new Uint8Array(images.length + 7);
    larger.set(images, 5);
    expect(parseIdx(larger.subarray(5, 5 + images.length))).toEqual(parseIdx(images));
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "0 bytes"],
    ["another magic number", Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), "bytes 1 and 0"],
    ["floats", Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), "type 13"],
    ["no dimensions", Uint8Array.of(0, 0, 8, 0), "0 dimensions"],
    ["255 dimensions", Uint8Array.of(0, 0, 8, 255), "255 dimensions"],
    ["an end within the dimensions", images.subarray(0, 14), "within its 3 dimensions"],
    ["a missing byte", images.subarray(0, -1), "holds 11 bytes"],
    ["a byte too many", Uint8Array.of(...images, 0), "holds 13 bytes"],
    [
      "dimensions that would fill the memory",
      Uint8Array.of(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255),
      "4294967295 x 4294967295",
    ],
  ])("refuses %s", (_, bytes, text) => {
    expect(message(() => parseIdx(bytes))).toContain(text);
  });

  it("refuses damaged gzip", () => {
    const packed = gzipSync(
      idxBytes(
        [1000],
        Array.from({ length: 1000 }, (_, i) => (i * i) % 251),
      ),
    );
    expect(message(() => parseIdx(packed.subarray(0, packed.length - 9)))).toContain("gzip");
    expect(message(() => parseIdx(packed.subarray(0, 12)))).toContain("gzip");
    const flipped = Uint8Array.from(packed);
    flipped[packed.length - 30]! ^= 1;
    expect(message(() => parseIdx(flipped))).toContain("gzip");
  });

  it("stops unpacking what fills the memory", () => {
    const bomb = gzipSync(new Uint8Array(160 * 2 ** 20), { level: 1 });
    expect(message(() => parseIdx(bomb))).toContain("unpacks to more than 128 MiB");
  });
});

describe("parseImages", () => {
  it("gives images of 256 ordered levels with labels", async () => {
    const data = parseImages(images, labels);
    expect(data.spec).toEqual({
      kind: "images",
      fields: {
        image: { type: "category", shape: [2, 2, 1], levels: 256, ordered: true },
        label: {
          role: "y",
          type: "category",
          shape: [],
          levels: 10,
          names: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        },
      },
    });
    const rows = await all(data);
    expect([...(rows.columns.image!.data as Uint8Array)].slice(-4)).toEqual([8, 9, 10, 255]);
    expect([...(rows.columns.label!.data as Uint8Array)]).toEqual([9, 0, 4]);
  });

  it("gives images alone", () => {
    expect(Object.keys(parseImages(images).spec.fields)).toEqual(["image"]);
  });

  it("refuses files that do not belong together", () => {
    expect(message(() => parseImages(images, idxBytes([2], [1, 2])))).toContain("each of the 3 images");
    expect(message(() => parseImages(labels, images))).toContain("count x height x width");
    expect(message(() => parseImages(idxBytes([0, 2, 2], [])))).toContain("0 x 2 x 2");
    expect(message(() => parseImages(images, idxBytes([3], [1, 10, 2])))).toContain("label 10 of image 2");
  });
});
