import { all, yField, type Dataset } from "@gen/core";
import { describe, expect, it } from "vitest";
import { idxBytes } from "../formats/testing/idx-bytes.js";
import type { Files } from "../files.js";
import { sources } from "./index.js";

const load = (id: string, part: "train" | "test" | "all", files?: Files, full?: boolean): Promise<Dataset> =>
  sources
    .find((source) => source.id === id)!
    .load(part, { ...(files && { files }), ...(full === true && { full }) });

describe("sources", () => {
  it("are described in two languages, with credit and licence", () => {
    expect(sources.map(({ id }) => id)).toEqual([
      "moons",
      "rings",
      "spirals",
      "checkerboard",
      "pinwheel",
      "eight-gaussians",
      "twenty-five-gaussians",
      "iris",
      "penguins",
      "tang-poems",
      "tang-poems-tagged",
      "mnist",
      "fashion-mnist",
      "mnist-small",
      "fashion-mnist-small",
    ]);
    for (const { title, credit, licence } of sources)
      for (const text of [title.en, title.zh, credit, licence]) expect(text).not.toBe("");
  });

  it("hold what they say", async () => {
    for (const { id, kind, labelled, gaps = false } of sources) {
      if (id === "mnist" || id === "fashion-mnist") continue;
      const { spec } = await load(id, "train");
      expect(spec.kind).toBe(kind);
      expect(yField(spec) !== undefined, id).toBe(labelled);
      expect(
        Object.values(spec.fields).some(({ optional }) => optional === true),
        id,
      ).toBe(gaps);
    }
  });
});

it("iris has 150 flowers of three species", async () => {
  const data = await load("iris", "all");
  expect(data.length).toBe(150);
  expect(yField(data.spec)).toMatchObject({
    name: "species",
    field: { names: ["setosa", "versicolor", "virginica"] },
  });
  const { columns } = await all(data);
  const sum = (columns.sepal_length!.data as Float64Array).reduce((total, value) => total + value, 0);
  expect(sum / 150).toBeCloseTo(5.8433, 4);
});

it("penguins has 344 birds, some measurements missing", async () => {
  const data = await load("penguins", "all");
  expect(data.length).toBe(344);
  expect(data.spec.fields.sex).toMatchObject({ names: ["female", "male"], optional: true });
  expect(data.spec.fields.bill_length_mm).toMatchObject({ type: "real", optional: true });
  const { columns } = await all(data);
  expect((columns.sex!.data as Int32Array).filter((level) => level === -1)).toHaveLength(11);
  expect((columns.body_mass_g!.data as Float64Array).filter(Number.isNaN)).toHaveLength(2);
});

it("tang-poems has 3000 poems of a title and lines", async () => {
  const data = await load("tang-poems", "all");
  expect(data.length).toBe(3000);
  const texts = (await all(data)).columns.text!.data as readonly string[];
  expect(texts[0]).toBe(
    "帝京篇十首 一\n秦川雄帝宅，函谷壯皇居。\n綺殿千尋起，離宮百雉餘。\n連甍遙接漢，飛觀迥凌虛。\n雲日隱層闕，風煙出綺疎。",
  );
  expect(
    texts.reduce((sum, text) => sum + [...new Intl.Segmenter().segment(text)].length, 0),
  ).toBeGreaterThan(200_000);
});

it("tang-poems-tagged are the same without marks, each character tagged by what followed", async () => {
  const data = await load("tang-poems-tagged", "all");
  const { characters, tags } = data.spec.fields;
  expect(tags).toMatchObject({ role: "y", sequence: true, levels: 8 });
  const first = await data.take(Int32Array.of(0));
  const names = characters?.type === "category" ? characters.names! : [];
  const signs = tags?.type === "category" ? tags.names!.with(0, "") : [];
  const symbols = [...(first.columns.characters!.data as Int32Array)].map((level) => names[level]!);
  const marks = [...(first.columns.tags!.data as Int32Array)].map((level) => signs[level]!);
  expect(symbols.map((symbol, i) => symbol + marks[i]!).join("")).toBe(
    "秦川雄帝宅，函谷壯皇居。綺殿千尋起，離宮百雉餘。連甍遙接漢，飛觀迥凌虛。雲日隱層闕，風煙出綺疎。",
  );
  expect((await load("tang-poems-tagged", "train")).spec).toEqual(data.spec);
});

it.each([
  ["mnist-small", 5000],
  ["fashion-mnist-small", 3500],
] as const)("%s has the published parts", async (id, count) => {
  const [train, test, whole] = [await load(id, "train"), await load(id, "test"), await load(id, "all")];
  expect([train.length, test.length, whole.length]).toEqual([count, 1000, count + 1000]);
  expect(train.spec.fields.image).toMatchObject({ shape: [28, 28, 1], levels: 256 });
  const labels = (await all(train)).columns.label!.data as Uint8Array;
  expect(new Set(labels).size).toBe(10);
  // The published files begin so.
  expect([...labels.subarray(0, 5)]).toEqual(id === "mnist-small" ? [5, 0, 4, 1, 9] : [9, 0, 0, 3, 0]);
});

it("reads installed collections", async () => {
  const pixels = Array.from({ length: 784 }, (_, i) => i % 256);
  const poem = (title: string, paragraphs: readonly string[]) => ({ title, paragraphs });
  const files: Files = {
    read: () => Promise.resolve(undefined),
    list: () => Promise.resolve(undefined),
    find: (collection, file) => {
      if (collection === "chinese-poetry") {
        if (file === "poet.tang.0.json") return bytesOf([poem("春", ["花"]), poem("", ["。"])]);
        return file === "poet.tang.1000.json"
          ? bytesOf([poem("", ["月", "夜"])])
          : Promise.resolve(undefined);
      }
      const label = file.startsWith("train") ? 3 : 4;
      return Promise.resolve(
        file.includes("labels") ? idxBytes([1], [label]) : idxBytes([1, 28, 28], pixels),
      );
    },
  };
  const digits = await all(await load("mnist", "all", files));
  expect([...(digits.columns.label!.data as Uint8Array)]).toEqual([3, 4]);
  expect((await load("fashion-mnist", "test", files)).spec.fields.label).toMatchObject({ levels: 10 });
  const poems = await all(await load("tang-poems", "all", files, true));
  expect(poems.columns.text!.data).toEqual(["春\n花", "月\n夜"]);
  await expect(load("tang-poems-tagged", "all", files, true)).rejects.toThrow("No poem has a mark");
});

const bytesOf = (json: unknown): Promise<Uint8Array> =>
  Promise.resolve(new TextEncoder().encode(JSON.stringify(json)));
