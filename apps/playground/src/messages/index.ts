import type { Text } from "@gen/core";
import { signal } from "@preact/signals";
import { en } from "./en.js";
import { zh } from "./zh.js";

export type MessageKey = keyof typeof en;
export type Language = keyof Text;

export const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, zh };

/** The language of the page; who reads it is drawn anew when it changes. */
export const language = signal<Language>("en");

type Parts = Readonly<Record<string, string | number>>;

/** A text in the page's language, its {parts} filled in. */
export const message = (key: MessageKey, parts: Parts = {}): string =>
  messages[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole));

/** A text whose key is made of what a plugin says, or what it says where there is none. */
export function messageOr(key: string, fallback: string): string {
  return Object.hasOwn(en, key) ? message(key as MessageKey) : fallback;
}

/** A plugin's own text in the page's language. */
export const textOf = (text: Text): string => text[language.value];

const formats = { en: new Intl.NumberFormat("en"), zh: new Intl.NumberFormat("zh-CN") };

/** A count, with its thousands parted. */
export const countOf = (value: number): string => formats[language.value].format(value);

/** A figure to four digits. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "–";

/** `learningRate` as "Learning rate". */
export const words = (name: string): string => {
  const parted = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return parted.charAt(0).toUpperCase() + parted.slice(1);
};

const stored = "gen-playground-language";

/** The language that was chosen last, else the browser's. */
export function rememberLanguage(storage: Storage, preferred: readonly string[]): void {
  const last = storage.getItem(stored);
  const known = preferred
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === "en" || tag === "zh");
  language.value = last === "en" || last === "zh" ? last : (known ?? "en");
  language.subscribe((value) => {
    storage.setItem(stored, value);
    document.documentElement.lang = value === "zh" ? "zh-CN" : "en";
    document.title = message("page.title");
  });
}
