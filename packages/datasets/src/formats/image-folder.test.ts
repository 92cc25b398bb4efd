import { all, InputError, type Rows } from "@gen/core";
import { describe, expect, it } from "vitest";
import { imageFolder } from "./image-folder.js";
import { pngBytes } from "./testing/png-bytes.js";

const grey = (...values: readonly number[]): Uint8Array =>
  pngBytes(values, { width: values.length, height: 1, depth: 8, colour: 0 });
const red = pngBytes([255, 0, 0, 9, 0, 0], { width: 2, height: 1, depth: 8, colour: 2 });

const open = (files: Readonly<Record<string, Uint8Array>>) =>
  imageFolder(Object.keys(files), { name: "pictures", read: (path) => Promise.resolve(files[path]!) });

const numbers = ({ columns }: Rows, name: string): number[] => [...(columns[name]!.data as Uint8Array)];

it("gives images in the order of their names", async () => {
  const data = await open({
    "b.PNG": grey(3, 4),
    "a.png": grey(1, 2),
    "notes.txt": grey(),
    ".DS_Store": grey(),
  });
  expect(data.spec).toEqual({
    kind: "images",
    fields: { image: { type: "category", shape: [1, 2, 1], levels: 256, ordered: true } },
  });
  expect(numbers(await all(data), "image")).toEqual([1, 2, 3, 4]);
});

it("takes folders for labels, the first rows of every one in turn", async () => {
  const data = await open({
    "two/deeper/c.png": grey(5),
    "one/a.png": grey(1),
    "one/b.png": grey(2),
    "two/d.png": grey(6),
    "one/c.png": grey(3),
  });
  expect(data.spec.fields["label"]).toEqual({
    role: "y",
    type: "category",
    shape: [],
    levels: 2,
    names: ["one", "two"],
  });
  const rows = await all(data);
  expect(numbers(rows, "image")).toEqual([1, 6, 2, 5, 3]);
  expect(numbers(rows, "label")).toEqual([0, 1, 0, 1, 0]);
});

it("gives grey images three channels where another has colours", async () => {
  const data = await open({ "a.png": grey(1, 2), "b.png": red });
  expect(data.spec.fields["image"]).toMatchObject({ shape: [1, 2, 3] });
  expect(numbers(await all(data), "image")).toEqual([1, 1, 1, 2, 2, 2, 255, 0, 0, 9, 0, 0]);
});

describe("refuses in one sentence", () => {
  it.each<[string, Readonly<Record<string, Uint8Array>>, RegExp]>([
    ["an empty folder", {}, /folder "pictures" holds no PNG file/],
    ["only other files", { "a.txt": grey(1) }, /holds no PNG file/],
    [
      "images of another format",
      { "a.png": grey(1), "x/b.JPG": grey(1) },
      /pictures\/x\/b\.JPG is no PNG file; convert/,
    ],
    [
      "a damaged file",
      { "a.png": grey(1), "b.png": grey(1).subarray(0, 50) },
      /^pictures\/b\.png ends after 50 bytes/,
    ],
    [
      "mixed sizes",
      { "a.png": grey(1, 2), "b.png": grey(1, 2, 3) },
      /pictures\/b\.png has 3 x 1 pixels, but pictures\/a\.png has 2 x 1; bring all to one size/,
    ],
    [
      "images beside folders of images",
      { "a.png": grey(1), "one/b.png": grey(1) },
      /pictures\/a\.png lies beside folders of images \(one\)/,
    ],
  ])("%s", async (_, files, message) => {
    await expect(open(files)).rejects.toThrow(InputError);
    await expect(open(files)).rejects.toThrow(message);
  });
});
