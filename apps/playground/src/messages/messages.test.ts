import { readdir, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { en } from "./en.js";
import { countOf, figure, language, message, messageOr, messages, words } from "./index.js";
import { zh } from "./zh.js";

afterEach(() => (language.value = "en"));

const parts = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([part]) => part).sort();

test("both languages say the same: equal keys, equal parts, nothing empty", () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(en)) {
    const chinese: string = zh[key as keyof typeof en];
    expect(parts(chinese), key).toEqual(parts(text));
    expect(text.trim(), key).not.toBe("");
    expect(chinese, key).toMatch(/\p{Script=Han}|^[{}\p{P}\w\s]+$/u);
  }
});

test("every message is used", async () => {
  const source = new URL("..", import.meta.url);
  const paths = (await readdir(source, { recursive: true })).filter(
    (path) => /\.tsx?$/.test(path) && !path.includes(".test.") && !path.startsWith("messages"),
  );
  const texts = await Promise.all(paths.map((path) => readFile(new URL(path, source), "utf8")));
  const all = texts.join("\n") + (await readFile(new URL("messages/index.ts", source), "utf8"));
  for (const key of Object.keys(en)) {
    const family = `${key.slice(0, key.indexOf("."))}.\${`;
    expect(all.includes(`"${key}"`) || all.includes(`\`${family}`), key).toBe(true);
  }
});

test("fills in its parts, in the page's language", () => {
  expect(message("train.progress", { step: 3, steps: 9 })).toBe("Step 3 of 9");
  language.value = "zh";
  expect(message("train.progress", { step: 3, steps: 9 })).toBe("第 3 步，共 9 步");
  expect(messageOr("can.sample", "sample")).toBe("可采样");
  expect(messageOr("can.somethingNew", "somethingNew")).toBe("somethingNew");
  expect(messages.en["train.start"]).toBe("Train");
});

test("writes figures, counts and names for people", () => {
  expect(figure(0.000123456)).toBe("0.0001235");
  expect(figure(NaN)).toBe("–");
  expect(countOf(12345)).toBe("12,345");
  expect(words("learningRate")).toBe("Learning rate");
});
