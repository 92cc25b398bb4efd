import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Workplace } from "./testing/workplace.js";

const place = new Workplace();

/** An idx file of zeros. */
function idx(shape: readonly number[]): Uint8Array {
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + shape.reduce((product, size) => product * size, 1));
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  return bytes;
}

let before: readonly string[] = [];

beforeAll(async () => {
  place.file("table.csv", "a,b,species\n1,2,low\n9,8,high\n1.5,2,low\n9.5,8,high\n");
  place.file("ragged.csv", "a,b\n1,2\n3\n");
  place.file("words.csv", "a,b\n1,2\n3,x\n5,6\n");
  place.file("sorted.csv", "a,sort,species\n1,x,low\n9,y,high\n2,x,low\n8,y,high\n");
  place.file("gap.csv", "a,b\n1,2\n3,\n5,6\n");
  place.file("strange.txt", "龍\n");
  place.file("empty.csv", "");
  place.file("bare.csv", "a,b\n");
  place.file("nan.csv", "a,b\n1,2\nNaN,4\n");
  place.file("one.csv", "a,species\n1,low\n2,low\n");
  place.file("poem.txt", "春眠不覺曉\n");
  place.file("bare.conll", "\n春\n");
  place.file("torn.safetensors", "not a model");
  for (const name of ["bell", "letters"]) {
    const data = name === "bell" ? "table.csv" : "poem.txt";
    expect((await place.gen(["train", name, "--data", data, "--out", `${name}.safetensors`])).code).toBe(0);
  }
  await place.gen(["train", "bell", "--data", "table.csv?labels=none", "--out", "plain.safetensors"]);
  vi.stubEnv("GEN_DATA", place.folder);
  for (const part of ["train", "t10k"]) {
    place.file(`mnist/${part}-images-idx3-ubyte`, idx([3, 10, 10]));
    place.file(`mnist/${part}-labels-idx1-ubyte`, idx([3]));
  }
  const digits = ["--data", "mnist-small?count=8&labels=none", "--out", "glowing.safetensors"];
  expect((await place.gen(["train", "glowing", ...digits])).code).toBe(0);
});

afterAll(() => {
  vi.unstubAllEnvs();
});

beforeEach(() => {
  before = place.files;
});

const bell = (data: string, ...args: readonly string[]) => [
  "train",
  "bell",
  "--data",
  data,
  "--out",
  "new.safetensors",
  ...args,
];

const cases: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
  ["a ragged row", bell("ragged.csv"), /ragged\.csv, line 3 has 1 cell/],
  [
    "a text in a number column",
    bell("words.csv"),
    /^gen: words\.csv, line 3: column "b" is "x", which is no finite number, in a column of numbers; correct it, leave it empty if the model may see gaps, or leave the column out with \?drop=b\.$/,
  ],
  [
    "a category in a column of a file",
    bell("sorted.csv?label=species"),
    /the column "sort" holds none: leave it out \(in the address of --data: \?drop=sort or \?one-hot\)\.$/,
  ],
  [
    "labels that are left out and needed",
    ["train", "marks", "--data", "tang-poems-tagged?count=9&labels=none", "--out", "new.safetensors"],
    /^gen: marks learns from labels, and these data have none; .* \(leave labels=none out of the address of --data\)\.$/,
  ],
  ["a gap", bell("gap.csv"), /[Cc]olumn "b".*\(in the address of --data: \?drop=b\)\.$/],
  [
    "a file without rows",
    ["classify", "bell.safetensors", "--data", "bare.csv"],
    /^gen: bare\.csv has .* no rows/,
  ],
  ["an empty file", bell("empty.csv"), /empty\.csv is empty/],
  ["NaN", bell("nan.csv"), /[Cc]olumn "a" has no value in row 2.*\(in the address of --data: \?drop=a\)\.$/],
  ["one class only", bell("one.csv"), /one class only/],
  ["fewer rows than components", bell("table.csv", "--set", "components=9"), /4 rows for 9 components/],
  ["no such file", bell("nowhere.csv"), /no file "nowhere\.csv"/],
  ["an unknown data set", bell("irsi"), /irsi/],
  [
    "an unknown hyperparameter",
    bell("table.csv", "--set", "widht=2"),
    /no setting "widht"\. Did you mean "width"/,
  ],
  [
    "a hyperparameter out of range",
    bell("table.csv", "--set", "width=0"),
    /--set width must be a number from 0\.01 to 100, but is 0/,
  ],
  ["a hyperparameter that is no number", bell("table.csv", "--set", "width=wide"), /but is "wide"/],
  ["a setting without a value", bell("table.csv", "--set", "width"), /name=value/],
  ["an unknown preset", bell("table.csv", "--preset", "huge"), /no preset "huge"; its presets: narrow/],
  [
    "a kind that is not taken",
    bell("poem.txt"),
    /does not take data of the kind "text"; it takes: table, points \(built in are .*iris/,
  ],
  [
    "a seed that is no integer",
    bell("table.csv", "--seed", "1.5"),
    /--seed must be an integer from 0 to 4294967295, but is 1\.5/,
  ],
  ["a negative seed", bell("table.csv", "--seed", "-1"), /--seed must be/],
  ["no steps", bell("table.csv", "--steps", "0"), /--steps must be/],
  [
    "training that diverges",
    bell("table.csv", "--set", "rate=10", "--steps", "500"),
    /diverged after step \d+.*Lower the rate/,
  ],
  ["an unknown back end", bell("table.csv", "--backend", "gpu"), /--backend must be one of/],
  [
    "no family",
    ["train"],
    /^gen: Say which family to train: gen train FAMILY; installed: bell, drift, glowing, halves, letters, marks\.$/,
  ],
  ["no data", ["train", "bell", "--out", "new.safetensors"], /by --data.*iris/],
  ["no out", ["train", "bell", "--data", "table.csv"], /--out/],
  [
    "an out that is no model file",
    ["train", "bell", "--data", "table.csv", "--out", "new.txt"],
    /ends in \.safetensors/,
  ],
  [
    "an out in no folder",
    ["train", "bell", "--data", "table.csv", "--out", "no/new.safetensors"],
    /make the folder/,
  ],
  [
    "an unknown plugin",
    ["train", "ball", "--data", "table.csv", "--out", "new.safetensors"],
    /no plugin "ball" here; installed: bell, drift, glowing, halves, letters, marks/,
  ],
  ["an unknown flag", bell("table.csv", "--stps", "3"), /no flag --stps/],
  ["a flag without its value", bell("table.csv", "--steps"), /--steps needs a value/],
  ["an argument too many", bell("table.csv", "more"), /"more" is one argument too many/],
  ["an unknown command", ["trian"], /trian/],
  ["a missing argument", ["info"], /FILE/],
  ["a codec that is none", bell("table.csv", "--over", "plain.safetensors"), /no "codec"/],
  [
    "a model file that is none",
    ["info", "torn.safetensors"],
    /^gen: torn\.safetensors: Not a usable safetensors file: it is cut off or not a safetensors file; give a model file that gen train wrote\.$/,
  ],
  ["a model to sample that is none", ["sample", "torn.safetensors"], /^gen: torn\.safetensors: Not a usable/],
  ["a codec file that is none", bell("table.csv", "--over", "torn.safetensors"), /^gen: torn\.safetensors: /],
  ["a model file that is not there", ["sample", "gone.safetensors"], /no file gone\.safetensors/],
  [
    "an unknown extension",
    ["sample", "bell.safetensors", "--out", "new.gif"],
    /"new\.gif" has none of the extensions \.png, \.csv/,
  ],
  [
    "pictures of numbers",
    ["sample", "bell.safetensors", "--out", "new.png"],
    /no pictures; write them to a \.npy, \.csv or \.json file\.$/,
  ],
  [
    "text of numbers",
    ["sample", "bell.safetensors", "--out", "new.txt"],
    /no text; write them to a \.npy, \.csv or \.json file\.$/,
  ],
  [
    "numbers of text",
    ["sample", "letters.safetensors", "--out", "new.npy"],
    /array of numbers, which these data are not; write them to a \.txt, \.csv or \.json file\.$/,
  ],
  [
    "an unknown option of sampling",
    ["sample", "bell.safetensors", "--set", "temperature=1"],
    /no setting "temperature"/,
  ],
  [
    "a condition that a model does not take",
    ["sample", "plain.safetensors", "--given", "species=low"],
    /no "conditional"/,
  ],
  ["an unknown condition", ["sample", "bell.safetensors", "--given", "colour=red"], /it takes: species/],
  [
    "an unknown class",
    ["sample", "bell.safetensors", "--given", "species=middle"],
    /must be one of high, low, but is "middle"/,
  ],
  ["a prompt for numbers", ["sample", "bell.safetensors", "--prompt", "春"], /takes no prompt/],
  [
    "a prompt of a character that was never learned",
    ["sample", "letters.safetensors", "--prompt", "春龍"],
    /^gen: --prompt has the character "龍", which the text that the model learned never had: choose another\.$/,
  ],
  [
    "text of a character that was never learned",
    ["eval", "letters.safetensors", "--data", "strange.txt"],
    /^gen: strange\.txt: Column "text" has the character "龍" in row 1, /,
  ],
  ["no samples", ["sample", "bell.safetensors", "-n", "0"], /--count must be an integer of at least 1/],
  [
    "the likelihood of a model that has none",
    ["eval", "letters.safetensors", "--data", "poem.txt"],
    /no likelihood \(it only writes\)/,
  ],
  [
    "other data's fields",
    ["eval", "bell.safetensors", "--data", "iris"],
    /^gen: iris: The model needs the field "a", .*; give data like those that the model learned\.$/,
  ],
  [
    "another kind of data",
    ["eval", "bell.safetensors", "--data", "poem.txt"],
    /needs the field "a", and these data have: text/,
  ],
  [
    "images of another size",
    ["eval", "glowing.safetensors", "--data", "mnist"],
    /"image" as category of 256 levels of shape \[28, 28, 1\], but in these data it is category of 256 levels of shape \[10, 10, 1\]/,
  ],
  [
    "classes of a model that has none",
    ["classify", "plain.safetensors", "--data", "table.csv"],
    /no classes \(the data have no labels\)/,
  ],
  [
    "tagged text of rows",
    ["classify", "bell.safetensors", "--data", "table.csv", "--out", "new.conll"],
    /holds tags of sequences, and this model tells one class of each row; write a \.csv file\.$/,
  ],
  [
    "classes in another format",
    ["classify", "bell.safetensors", "--data", "table.csv", "--out", "new.txt"],
    /"new\.txt" must end in \.csv or \.conll\.$/,
  ],
  [
    "sequences of numbers",
    ["sample", "bell.safetensors", "--out", "new.conll"],
    /no sequences; write them to a \.npy, \.csv or \.json file\.$/,
  ],
  [
    "text without tags",
    ["train", "marks", "--data", "bare.conll", "--out", "new.safetensors"],
    /^gen: bare\.conll, line 2 has one column, and no tag; .*\?labels=none of text that has no tags\.$/,
  ],
];

test.each(cases)("%s: one sentence, exit code 2, no file left", async (_, args, message) => {
  const { code, stdout, stderr } = await place.gen(args);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(message);
  const told = stderr
    .split("\n")
    .filter((each) => each !== "" && !/^(Back end|Data|Warning|step)\b/.test(each));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^gen: .+[.?!]$/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stdout).toBe("");
  expect(code).toBe(2);
  expect(place.files).toEqual(before);
});

test("a fault of ours is told with its stack, exit code 1", async () => {
  place.file(
    "node_modules/gen-faulty/package.json",
    '{"name": "gen-faulty", "type": "module", "keywords": ["gen-plugin"], "gen": {"plugins": [{"plugin": "./index.js", "manifest": "./manifest.js"}]}}',
  );
  const manifest = {
    id: "faulty",
    version: "1.0.0",
    title: { en: "" },
    summary: { en: "" },
    capabilities: [],
    data: [{ kind: "table", y: "none" }],
    model: {},
    training: {},
    sampling: {},
    budget: { steps: 1, batch: 1 },
    references: [],
  };
  place.file("node_modules/gen-faulty/manifest.js", `export const manifest = ${JSON.stringify(manifest)};`);
  place.file(
    "node_modules/gen-faulty/index.js",
    `import { manifest } from "./manifest.js"; export default { manifest, build() { throw new RangeError("boom"); }, trainer() {} };`,
  );
  const { code, stderr } = await place.gen([
    "train",
    "faulty",
    "--data",
    "table.csv",
    "--out",
    "new.safetensors",
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/RangeError: boom\n +at /);
  expect(place.files).toEqual(before);
});

test("an old model file stays as it was when training fails", async () => {
  const old = readFileSync(place.path("bell.safetensors"));
  const { code } = await place.gen(["train", "bell", "--data", "ragged.csv", "--out", "bell.safetensors"]);
  expect(code).toBe(2);
  expect(readFileSync(place.path("bell.safetensors")).equals(old)).toBe(true);
});
