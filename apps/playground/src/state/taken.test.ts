import type { DataSpec, Field, Manifest } from "@gen/core";
import { expect, test } from "vitest";
import type { Source } from "../engine/protocol.js";
import { refusal, sourcesFor } from "./taken.js";

const taking = (data: Manifest["data"]): Manifest => ({ data }) as Manifest;
const table = (...fields: readonly Partial<Field>[]): DataSpec => ({
  kind: "table",
  fields: Object.fromEntries(
    fields.map((field, i) => [`f${i}`, { type: "real", shape: [], ...field } as Field]),
  ),
});

test("tells why data don't suit a model: their kind, no labels, missing values", () => {
  const strict = taking([{ kind: "table", y: "required" }]);
  expect(refusal(taking([{ kind: "images", y: "none" }]), table({}))).toBe("kind");
  expect(refusal(strict, table({}))).toBe("labels");
  expect(refusal(strict, table({ optional: true }, { role: "y" }))).toBe("gaps");
  expect(refusal(strict, table({}, { role: "y", optional: true }))).toBeUndefined();
  const lenient = taking([{ kind: "table", y: "optional", gaps: true }]);
  expect(refusal(lenient, table({ optional: true }))).toBeUndefined();
});

test("offers the sets that a model takes, in the order of its kinds", () => {
  const source = (address: string, rest: Partial<Source>): Source => ({
    address,
    kind: "points",
    labelled: true,
    gaps: false,
    title: { en: address, zh: address },
    ...rest,
  });
  const sources = [
    source("moons", {}),
    source("board", { labelled: false }),
    source("flowers", { kind: "table" }),
    source("birds", { kind: "table", gaps: true }),
    source("poems", { kind: "text", labelled: false }),
  ];
  const offered = (data: Manifest["data"]) => sourcesFor(taking(data), sources).map(({ address }) => address);
  expect(
    offered([
      { kind: "table", y: "required" },
      { kind: "points", y: "required" },
    ]),
  ).toEqual(["flowers", "moons"]);
  expect(
    offered([
      { kind: "table", y: "none", gaps: true },
      { kind: "text", y: "none" },
    ]),
  ).toEqual(["flowers", "birds", "poems"]);
});
