import { all } from "@gen/core";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseText } from "./text.js";

const rows = async (input: string | Uint8Array) => (await all(parseText(input))).columns.text!.data;

describe("parseText", () => {
  it("parts paragraphs at blank lines", async () => {
    expect(await rows("\uFEFF\n春眠\n不覺曉\r\n \t\r\n\r\n\n夜來\n")).toEqual(["春眠\n不覺曉", "夜來"]);
  });

  it("parts lines where there is no blank one", async () => {
    expect(await rows("one\ntwo\n\n")).toEqual(["one", "two"]);
  });

  it("reads bytes, also of gzip", async () => {
    const bytes = new TextEncoder().encode("春\n夜");
    expect(await rows(bytes)).toEqual(["春", "夜"]);
    expect(await rows(gzipSync(bytes))).toEqual(["春", "夜"]);
  });

  it.each<[string, number[], string]>([
    ["a wrong byte", [97, 98, 0xff, 99], "at byte 2;"],
    ["an overlong character", [97, 0xc0, 0x80], "at byte 1;"],
    ["a surrogate", [0xed, 0xa0, 0x80], "at byte 1;"],
    ["a character that does not go on", [0xe6, 0x98, 97], "at byte 2;"],
    ["an end within a character", [97, 0xe6, 0x98], "at its end"],
    ["nothing", [], "is empty"],
    ["UTF-16 that ends within a character", [0xff, 0xfe, 97, 0, 98], "not UTF-16 text at its end"],
    [
      "text of one byte a letter",
      [103, 114, 0xf6, 0xdf, 101, 0xfc, 98, 0xe4, 114],
      "at byte 2; save it as UTF-8, or say",
    ],
    ["damaged Chinese text", [0xb4, 0xba, 0xd2, 0xb9, 0xff], "not UTF-8 text at byte 0"],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseText(Uint8Array.from(bytes), { name: "poems.txt" })).toThrow(message);
  });
});
