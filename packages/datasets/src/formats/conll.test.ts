import { all, type Dataset } from "@gen/core";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseConll, type ConllOptions } from "./conll.js";

/** Each sequence as words, token/tag. */
async function read(data: Dataset): Promise<readonly string[]> {
  const { tokens, tags } = data.spec.fields;
  const { columns } = await all(data);
  const names = (field: typeof tokens, at: number, of: string) =>
    field?.type === "category" ? (field.names?.[(columns[of]!.data as Int32Array)[at]!] ?? "?") : "";
  let at = 0;
  return Array.from(columns.tokens!.lengths!, (length) =>
    Array.from({ length }, () => {
      const tag = tags === undefined ? "" : `/${names(tags, at, "tags")}`;
      return `${names(tokens, at++, "tokens")}${tag}`;
    }).join(" "),
  );
}

const of = (input: string | Uint8Array, options?: ConllOptions) => read(parseConll(input, options));

const english = `-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O

Peter NNP B-NP B-PER
`;

const universal = [
  "# sent_id = 1",
  "# text = vámonos al mar",
  "1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_",
  "1\tvamos\tir\tVERB\t_\t_\t0\troot\t_\t_",
  "2\tnos\tnosotros\tPRON\t_\t_\t1\tobj\t_\t_",
  "3\tal mar\tmar\t_\t_\t_\t1\tobl\t_\t_",
  "3.1\tvamos\tir\tVERB\t_\t_\t_\t_\t_\t_",
  "",
  "# a # b",
  "1\t#\t#\tSYM\t_\t_\t0\troot\t_\t_",
].join("\n");

describe("parseConll", () => {
  it("reads the first column as tokens, the last as tags, or those that are asked for", async () => {
    expect(await of(english)).toEqual(["EU/B-ORG rejects/O", "Peter/B-PER"]);
    expect(await of(english, { tag: 2 })).toEqual(["EU/NNP rejects/VBZ", "Peter/NNP"]);
    expect(await of(english, { token: 2, tag: 3 })).toEqual(["NNP/B-NP VBZ/B-VP", "NNP/B-NP"]);
    expect(await of(english, { labels: "none" })).toEqual(["EU rejects", "Peter"]);
    expect(await of("a\nb\n\nc", { labels: "none" })).toEqual(["a b", "c"]);
  });

  it("is the data that taggers take: two sequences of categories, of which tokens may be missing", () => {
    expect(parseConll(english).spec).toEqual({
      kind: "sequences",
      fields: {
        tokens: {
          sequence: true,
          optional: true,
          type: "category",
          shape: [],
          levels: 3,
          names: ["EU", "Peter", "rejects"],
        },
        tags: {
          role: "y",
          sequence: true,
          type: "category",
          shape: [],
          levels: 3,
          names: ["B-ORG", "B-PER", "O"],
        },
      },
    });
  });

  it("parts columns by tabs where there are some, so that tokens may hold spaces", async () => {
    expect(await of("\uFEFFNew York\tB\r\n \tI\r\n \t\r\n\r\n\u3000\tO \r\n")).toEqual([
      "New York/B  /I",
      "\u3000/O",
    ]);
    expect(await of("  中   B \n\u3000 O\n")).toEqual(["中/B \u3000/O"]);
  });

  it("takes a line that begins with # as a comment, but a token that has its columns", async () => {
    expect(await of("# id 1\n#\tO\n#tag\tB\n# two words\n1\tO")).toEqual(["#/O #tag/B 1/O"]);
    await expect(async () => of("# only\n# comments")).rejects.toThrow("no tokens");
  });

  it("reads words and their parts of speech of CoNLL-U, open ones as missing", async () => {
    const data = parseConll(universal, { format: "conllu" });
    expect(await read(data)).toEqual(["vamos/VERB nos/PRON al mar/?", "#/SYM"]);
    expect(data.spec.fields.tags).toMatchObject({ optional: true, names: ["PRON", "SYM", "VERB"] });
    expect(await of(universal, { format: "conllu", tag: 8 })).toEqual([
      "vamos/root nos/obj al mar/obl",
      "#/root",
    ]);
  });

  it("reads bytes, also of gzip and GB18030", async () => {
    const bytes = new TextEncoder().encode("中\tB\n");
    expect(await of(gzipSync(bytes))).toEqual(["中/B"]);
    // 春 O, then 夜 B
    expect(await of(Uint8Array.of(0xb4, 0xba, 32, 79, 10, 0xd2, 0xb9, 32, 66))).toEqual(["春/O 夜/B"]);
  });

  it.each<[string, string, ConllOptions, string]>([
    ["nothing", " \n\n-DOCSTART- O\n", {}, "own has no tokens; give each a line"],
    ["one column", "\n春\n眠\n", {}, "own, line 2 has one column, and no tag; put the tag behind each"],
    [
      "a line without its tag",
      "春\tB\n\n眠\n",
      {},
      "own, line 3 has 1 column where line 1 has 2; give each token a line with as many columns, parted by tabs",
    ],
    ["too many columns", "a b\nc d e\n", {}, "line 2 has 3 columns where line 1 has 2"],
    ["tabs among spaces", "a b\nc\td\n", {}, "line 2 has 1 column where line 1 has 2"],
    [
      "an empty tag",
      "a\tO\nb\t \n",
      {},
      "own, line 2: column 2 is empty where a tag is expected; fill it in",
    ],
    ["an empty token", "a\tO\n\tO\n", {}, "own, line 2: column 1 is empty where a token is expected"],
    [
      "a column that is not there",
      "a O\n",
      { tag: 3 },
      "has 2 columns, and column 3 is to be the tag; say ?tag=N",
    ],
    [
      "half a column",
      "a O\n",
      { token: 1.5 },
      "column 1.5 is to be the token; say ?token=N with N from 1 to 2",
    ],
    ["one column for both", "a O\n", { token: 2 }, "column 2 can't be both"],
    [
      "CoNLL-U of few columns",
      "1\ta\n",
      { format: "conllu" },
      "has 2 columns, and column 4 is to be the tag",
    ],
    [
      "no tag at all",
      "1\ta\ta\t_\n",
      { format: "conllu" },
      'own leaves open the tag ("_") of every token; say another column',
    ],
  ])("refuses %s", (_, text, options, message) => {
    expect(() => parseConll(text, { name: "own", ...options })).toThrow(message);
  });
});
