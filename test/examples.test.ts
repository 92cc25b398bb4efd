import { describe, expect, it } from "vitest";
import { examplesOf, firstBlock } from "../scripts/examples.mjs";

const text = [
  "# A",
  "```ts",
  "const a = 1;",
  "```",
  "```sh",
  "```ts",
  "```",
  "so",
  "```ts continued",
  "a;",
  "```",
  "```ts",
  "b;",
  "```",
];

describe("examplesOf", () => {
  it("finds TypeScript only, with its lines", () => {
    expect(examplesOf(text.join("\n"))).toEqual([
      { line: 2, code: "const a = 1;\n\n\n\n\n\n\na;" },
      { line: 12, code: "b;" },
    ]);
  });

  it("keeps the lines of a continued example", () => {
    const [first] = examplesOf(text.join("\n"));
    const lines = `${"\n".repeat(first?.line ?? 0)}${first?.code ?? ""}`.split("\n");
    expect(lines.indexOf("a;")).toBe(text.indexOf("a;"));
  });

  it("refuses a continuation of nothing", () => {
    expect(() => examplesOf("```ts continued\n```")).toThrow("Line 1 continues an example");
  });
});

describe("firstBlock", () => {
  const readme =
    "## Install\n```sh\nnpm install a\n```\n## Use it\nso:\n```ts\none();\n```\n```ts\ntwo();\n```\n";
  it("reads a section", () => {
    expect(firstBlock(readme, "Install", "sh|bash")).toBe("npm install a\n");
    expect(firstBlock(readme, "Use", "ts")).toBe("one();\n");
    expect(firstBlock(readme, "Install", "ts")).toBeUndefined();
    expect(firstBlock(readme, "API", "ts")).toBeUndefined();
  });
});
