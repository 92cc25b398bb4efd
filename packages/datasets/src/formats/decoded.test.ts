import { expect, it } from "vitest";
import { decoded } from "./decoded.js";

const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  [0xfeff, ...Array.from(text, (character) => character.charCodeAt(0))].forEach((code, i) =>
    view.setUint16(2 * i, code, little),
  );
  return bytes;
};

/** 春夜。 in GB 2312, then 囍, which is in GBK only. */
const chinese = [0xb4, 0xba, 0xd2, 0xb9, 0xa1, 0xa3];
const rare = [0x87, 0xd6];

it("takes the byte order mark's word", () => {
  expect(decoded(Uint8Array.of(0xef, 0xbb, 0xbf, 97), "t", "gb18030")).toBe("a");
  for (const little of [true, false]) expect(decoded(utf16("春x", little), "t")).toBe("春x");
});

it("finds out that text is Chinese in GB18030, or is told", () => {
  expect(decoded(Uint8Array.from([...chinese, 97, ...rare]), "t")).toBe("春夜。a囍");
  expect(() => decoded(Uint8Array.from([...rare, ...rare]), "t")).toThrow(
    /t is not UTF-8 text at byte 0.*gb18030/,
  );
  expect(decoded(Uint8Array.from([...rare, ...rare]), "t", "gb18030")).toBe("囍囍");
  // Four bytes for what GBK does not have.
  expect(decoded(Uint8Array.of(0x95, 0x32, 0x82, 0x36, ...chinese), "t")).toBe("𠀀春夜。");
});

it("refuses what is not as it was declared, naming the byte", () => {
  expect(() => decoded(Uint8Array.from(chinese), "t", "utf-8")).toThrow(
    "t is not UTF-8 text at byte 0; save it as UTF-8, or say ?encoding=gb18030 if it is Chinese text in GBK.",
  );
  expect(() => decoded(Uint8Array.of(97, 0xff, 97), "t", "gb18030")).toThrow(
    "t is not GB18030 text at byte 1",
  );
});
