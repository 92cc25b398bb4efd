import { expect, it } from "vitest";
import { tangText } from "./tang-text.js";

const files: Record<string, string> = {
  "poet.tang.1000.json": '[{ "title": "b", "paragraphs": ["3", "4"] }, { "title": "c", "paragraphs": [] }]',
  "poet.tang.0.json": '[{ "title": "a", "paragraphs": ["1", "2"] }]',
  "poet.song.0.json": '[{ "title": "s", "paragraphs": [] }]',
  "authors.tang.json": "[]",
};
const names = Object.keys(files);
const read = (name: string): string => files[name] ?? "";

it("takes Tang poems in the numeric order of their files", () => {
  expect(tangText(names, read)).toBe("a\n1\n2\n\nb\n3\n4\n\nc\n");
});

it("takes as many as asked, and reads no further", () => {
  const opened: string[] = [];
  const text = tangText(names, (name) => (opened.push(name), read(name)), 1);
  expect(text).toBe("a\n1\n2\n");
  expect(opened).toEqual(["poet.tang.0.json"]);
});
