import { decode } from "fast-png";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Workplace } from "./testing/workplace.js";

const place = new Workplace();
const figures = (stdout: string): Record<string, unknown> =>
  JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, unknown>;

const numbers = "a,b,species\n1,2,low\n1.5,2.5,low\n9,8,high\n9.5,8.5,high\n1.2,2.1,low\n9.1,8.8,high\n";

beforeAll(async () => {
  place.file("table.csv", numbers);
  place.file("poem.txt", "春眠不覺曉\n處處聞啼鳥\n夜來風雨聲\n花落知多少\n");
  for (const args of [
    ["bell", "--data", "table.csv", "--out", "bell.safetensors", "--steps", "40"],
    ["letters", "--data", "poem.txt", "--out", "letters.safetensors"],
    ["glowing", "--data", "mnist-small?count=40", "--out", "glowing.safetensors"],
  ]) {
    const { code, stderr } = await place.gen(["train", ...args]);
    expect(stderr).toMatch(/Wrote/);
    expect(code).toBe(0);
  }
});

test("list names what is installed, what it can do and for which data", async () => {
  const { code, stdout } = await place.gen(["list"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/bell +Bell +density sample \(joint\) \(conditional\) +table points/);
  expect(stdout).toMatch(/letters.*text/);
  const { plugins } = figures((await place.gen(["list", "--json"])).stdout);
  expect(plugins).toHaveLength(6);
});

test("info tells what a file holds", async () => {
  const { code, stdout } = await place.gen(["info", "bell.safetensors"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/plugin +bell\n/);
  expect(stdout).toMatch(/version +1\.2\.3\n/);
  expect(stdout).toMatch(/config +width=1, components=1\n/);
  expect(stdout).toMatch(/step +40\n/);
  expect(stdout).toMatch(/capabilities +conditional, density, joint, sample\n/);
  expect(figures((await place.gen(["info", "letters.safetensors", "--json"])).stdout)).toMatchObject({
    plugin: "letters",
    encoding: ["characters"],
    slots: 0,
  });
});

test("sample writes what the extension says, the same for the same seed", async () => {
  const draw = async (...args: readonly string[]) => {
    const called = await place.gen(["sample", ...args]);
    expect(called.code, called.stderr).toBe(0);
    return called.stdout;
  };
  const csv = await draw("bell.safetensors", "-n", "3", "--given", "species=high", "--seed", "7");
  expect(csv).toBe(await draw("bell.safetensors", "-n3", "--given", "species=high", "--seed", "7"));
  expect(csv).not.toBe(await draw("bell.safetensors", "-n", "3", "--given", "species=high", "--seed", "8"));
  const [header, first] = csv.split("\n");
  expect(header).toBe("a,b,species");
  expect(first).toMatch(/^[\d.]+,[\d.]+,high$/);
  expect(csv.trimEnd().split("\n")).toHaveLength(4);

  const noted = await place.gen(["sample", "bell.safetensors", "-n", "5", "--out", "x.npy"]);
  expect(noted.stderr).toContain(
    'Wrote 5 samples to x.npy. It leaves out the label "species", which a .csv or .json file keeps.\n',
  );
  const npy = readFileSync(place.path("x.npy"));
  expect(npy.subarray(1, 6).toString()).toBe("NUMPY");
  expect(npy.subarray(10, 80).toString()).toContain(
    "'descr': '<f8', 'fortran_order': False, 'shape': (5, 2), ",
  );

  await draw("bell.safetensors", "-n", "2", "--out", "x.json");
  expect(JSON.parse(readFileSync(place.path("x.json"), "utf8"))).toEqual([
    {
      a: expect.any(Number) as unknown,
      b: expect.any(Number) as unknown,
      species: expect.any(String) as unknown,
    },
    expect.anything(),
  ]);

  const text = await draw("letters.safetensors", "-n", "2", "--prompt", "春眠", "--set", "length=3");
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((each) => Array.from(each).length),
  ).toEqual([5, 5]);
  expect(text.startsWith("春眠")).toBe(true);
  expect(await draw("letters.safetensors", "-n", "2", "--given", "text=春眠", "--set", "length=3")).toBe(
    text,
  );

  const told = await draw("glowing.safetensors", "-n", "5", "--out", "x.png", "--json");
  expect(figures(told)).toMatchObject({ samples: 5, out: "x.png" });
  const png = decode(readFileSync(place.path("x.png")));
  expect([png.width, png.height, png.channels]).toEqual([3 * 28 + 2 * 2, 2 * 28 + 2, 1]);
  expect(Math.max(...png.data.subarray(0, png.width * 28).filter((value) => value < 255))).toBeGreaterThan(
    50,
  );
});

test("trace shows text as it grows, pictures in a folder, numbers as lines of JSON", async () => {
  const text = await place.gen(["trace", "letters.safetensors", "--set", "length=2", "--candidates", "2"]);
  expect(text.stdout.trimEnd().split("\n")).toHaveLength(2);
  expect(text.stdout).toMatch(/^1\/2 {2}"." {2}"." \d+\.\d%/);
  expect(text.stdout).toContain("*");
  const pictures = await place.gen(["trace", "glowing.safetensors", "--out", "frames", "--every", "2"]);
  expect(pictures.stdout).toBe("frames/frame-0002.png\nframes/frame-0003.png\n");
  decode(readFileSync(place.path("frames/frame-0003.png")));
  const rows = await place.gen(["trace", "bell.safetensors", "-n", "2"]);
  expect(rows.stderr).toMatch(/\n1 frame\.\n$/);
  expect(figures(rows.stdout)).toMatchObject({ step: 1, steps: 1, x: [{ species: "high" }, {}] });
});

test("eval says how likely data are, exactly or why not, and how many labels are right", async () => {
  const { code, stdout } = await place.gen(["eval", "bell.safetensors", "--data", "table.csv", "--json"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^log p\(x\) = -[\d.]+ ± [\d.]+ nats per row, [\d.]+ bits per dimension \(exact\)\naccuracy 1\n/,
  );
  const { likelihood, accuracy } = figures(stdout) as {
    likelihood: Record<string, number>;
    accuracy: number;
  };
  expect(likelihood["bitsPerDimension"]).toBeCloseTo(-likelihood["natsPerRow"]! / 2 / Math.LN2, 10);
  expect(accuracy).toBe(1);
  // Other rows, of which one level has none, and in another order of columns.
  place.file("high.csv", "species,b,a\nlow,2,1\nlow,2,1\nhigh,9,9\n");
  expect((await place.gen(["eval", "bell.safetensors", "--data", "high.csv"])).stdout).toContain(
    "accuracy 1",
  );
  place.file("bare.csv", "a,b\n1,2\n9,9\n");
  expect((await place.gen(["eval", "bell.safetensors", "--data", "bare.csv"])).stdout).not.toContain(
    "accuracy",
  );
});

test("classify gives every row a class with its probability", async () => {
  place.file("bare.csv", "a,b\n1,2\n9,9\n");
  const { code, stdout } = await place.gen(["classify", "bell.safetensors", "--data", "bare.csv"]);
  expect(code).toBe(0);
  const [header, first, second] = stdout.split("\n");
  expect(header).toBe("class,p(high),p(low)");
  expect(first).toMatch(/^low,/);
  expect(second).toMatch(/^high,/);
  const written = await place.gen([
    "classify",
    "bell.safetensors",
    "--data",
    "bare.csv",
    "--out",
    "classes.csv",
  ]);
  place.file("sorted.csv", "a,b,species\n1,2,middling\n9,9,high\n");
  const sorted = await place.gen(["classify", "bell.safetensors", "--data", "sorted.csv"]);
  expect(sorted.stdout).toBe(stdout);
  // A label that the data's address does not name is none of the model's columns either.
  place.file("own.csv", numbers.replace("species", "sort"));
  await place.gen(["train", "bell", "--data", "own.csv?label=sort", "--out", "sort.safetensors"]);
  place.file("new.csv", "a,b,sort\n1,2,middling\n9,9,high\n");
  const own = await place.gen(["classify", "sort.safetensors", "--data", "new.csv"]);
  expect(own.stderr).not.toContain("middling");
  expect(own.stdout).toMatch(/^class,p\(high\),p\(low\)\nlow,.*\nhigh,/);
  expect(written.stderr).toMatch(/Wrote the classes of 2 rows to classes\.csv\.\n$/);
  expect(readFileSync(place.path("classes.csv"), "utf8")).toBe(stdout);
});

test("of sequences eval counts the tags that are right, and classify gives every element its own", async () => {
  const poems = "tang-poems-tagged?count=20";
  await place.gen(["train", "marks", "--data", poems, "--out", "marks.safetensors"]);
  const { stdout } = await place.gen(["eval", "marks.safetensors", "--data", poems]);
  expect(stdout).toMatch(
    /^log p\(x\): none, it only gives tags\naccuracy 0\.[78]\d+\nlog-loss 0\.\d+ nats per label\n$/,
  );
  const given = await place.gen(["classify", "marks.safetensors", "--data", poems, "--json"]);
  const [header, first, second] = given.stdout.split("\n");
  expect(header).toMatch(/^row,element,characters,class,p\(none\),p\(，\)/);
  expect([first, second]).toEqual([
    expect.stringMatching(/^1,1,.,none,0\.[78]/u),
    expect.stringMatching(/^1,2,.,none,0\.[78]/u),
  ]);
  expect(figures(given.stdout)).toMatchObject({ rows: 20, classes: { "，": 0 } });
  expect((await place.gen(["sample", "marks.safetensors"])).stderr).toMatch(
    /no "sample"; it has: sequence; gen classify marks\.safetensors --data … tells the tags of data\.\n$/,
  );
});

test("own tagged text is learned from, and text without tags is given some, also of words that are new", async () => {
  place.file("own.conll", "春\tN\n眠\tV\n\n# night\n夜\tN\n");
  place.file("new.conll", "眠\n新\n\n夜\n");
  await place.gen(["train", "marks", "--data", "own.conll", "--out", "own.safetensors"]);
  const tell = (...args: readonly string[]) => place.gen(["classify", "own.safetensors", ...args]);
  const told = await tell("--data", "new.conll?labels=none", "--out", "told.conll", "--json");
  expect(told.stderr).toContain(
    'Data: the model does not know 1 of the values of "tokens"; it counts as missing.\n',
  );
  expect(figures(told.stdout)).toMatchObject({ rows: 2, classes: { N: 3, V: 0 }, out: "told.conll" });
  expect(readFileSync(place.path("told.conll"), "utf8")).toBe("眠\tN\n新\tN\n\n夜\tN\n\n");
  // What was written is read again, and judged; tags that the model does not know are no reason not to tell some.
  expect((await place.gen(["eval", "own.safetensors", "--data", "told.conll"])).stdout).toContain(
    "accuracy 1",
  );
  place.file("other.conll", "春\tX\n");
  expect((await tell("--data", "other.conll")).stdout).toBe(
    "row,element,tokens,class,p(N),p(V)\n1,1,春,N,0.666667,0.333333\n",
  );
  const wrong = await place.gen(["eval", "own.safetensors", "--data", "other.conll"]);
  expect(wrong.stderr).toMatch(
    /gen: other\.conll: Column "tags" is "X" in row 1, .*\("N", "V"\); give data like/,
  );
});

test("help names every command, flag and setting with its range", async () => {
  const root = await place.gen(["--help"]);
  for (const name of [
    "list",
    "info",
    "train",
    "sample",
    "trace",
    "eval",
    "compare",
    "reconstruct",
    "classify",
    "check",
  ])
    expect(root.stdout).toContain(name);
  expect((await place.gen([])).stdout).toBe(root.stdout);
  const train = await place.gen(["train", "bell", "--help"]);
  expect(train.code).toBe(0);
  expect(train.stdout).toContain("--checkpoint-every");
  for (const setting of ["?label=", "?drop=", "?labels=none"]) expect(train.stdout).toContain(setting);
  expect(train.stdout).toMatch(/--set width=1 +number from 0\.01 to 100 +Deviation\./);
  expect(train.stdout).toMatch(/--preset narrow +width=0\.5 rate=0\.2/);
  expect((await place.gen(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("a broken plugin is named and left out", async () => {
  place.file(
    "node_modules/gen-broken/package.json",
    '{"name": "gen-broken", "keywords": ["gen-plugin"], "gen": {"plugins": [{"plugin": "./a.js", "manifest": "./b.js"}]}}',
  );
  place.file(
    "node_modules/@x/gen-empty/package.json",
    '{"name": "@x/gen-empty", "keywords": ["gen-plugin"]}',
  );
  const { code, stdout, stderr } = await place.gen(["list"]);
  expect(code).toBe(0);
  expect(stdout).toContain("bell");
  const lines = stderr.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(stderr).toMatch(/left out gen-broken: its manifest can't be imported/);
  expect(stderr).toMatch(/left out @x\/gen-empty: its package\.json has no list "gen\.plugins"/);
  for (const name of ["gen-broken", "@x/gen-empty"])
    writeFileSync(place.path(`node_modules/${name}/package.json`), "{}");
});

test("the figures of training stand on the last line of stdout, progress on stderr", async () => {
  const { stdout, stderr } = await place.gen([
    ...[
      "train",
      "bell",
      "--data",
      "table.csv?labels=none",
      "--out",
      "y.safetensors",
      "--seed",
      "7",
      "--json",
    ],
    ...["--preset", "narrow", "--set", "width=2", "--set", "rate=0.3", "--steps", "5"],
  ]);
  expect(stdout.split("\n")).toHaveLength(2);
  expect(figures(stdout)).toMatchObject({
    plugin: "bell",
    seed: 7,
    step: 5,
    steps: 5,
    reason: "steps",
    out: "y.safetensors",
    rows: 6,
  });
  expect(stderr).toMatch(/^Back end: \w+\.$/m);
  expect(stderr).toMatch(/^step 5\/5 {2}loss [\d.]+ {2}[\d.]+ steps\/s$/m);
  const info = await place.gen(["info", "y.safetensors"]);
  expect(info.stdout).toContain("width=2, components=1");
  expect(info.stdout).toContain("rate=0.3");
});

test("check runs the conformance suite, and a failure is told with exit code 1", async () => {
  const sound = await place.gen(["check", "letters", "--json"]);
  expect(sound.code, sound.stdout).toBe(0);
  expect(figures(sound.stdout)).toMatchObject({ plugins: ["letters"], failed: [] });
  const { code, stdout, stderr } = await place.gen(["check", "glowing"]);
  expect(stdout).toMatch(/^ok {4} glowing\/manifest-shape: /m);
  expect(stdout).toMatch(/^FAILED glowing\/sample-keys: .*another key drew the same rows$/m);
  expect(stderr).toMatch(/\d of \d+ checks failed: .*glowing\/sample-keys/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(code).toBe(1);
});

test("export writes each function of a model as an ONNX file", async () => {
  const { code, stdout, stderr } = await place.gen(["export", "glowing.safetensors", "-n", "2", "--json"]);
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/Wrote glowing\.difference\.onnx: image float32 \[2, 28, 28, 1\] → difference\./);
  expect(figures(stdout)).toMatchObject({
    files: [{ file: "glowing.difference.onnx", outputs: ["difference"] }],
  });
  const text = readFileSync(place.path("glowing.difference.onnx")).toString("latin1");
  for (const part of ["Sub", "image", "difference", "glowing"]) expect(text).toContain(part);
  const none = await place.gen(["export", "bell.safetensors"]);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain("no function that can be exported");
  const other = await place.gen(["export", "bell.safetensors", "--to", "pdf"]);
  expect(other.stderr).toContain('--to must be onnx, but is "pdf"');
});
