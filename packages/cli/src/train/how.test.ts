import type { DataSpec, Field, Manifest } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { expect, test } from "vitest";
import { tellingHow } from "./how.js";

const real: Field = { type: "real", shape: [] };
const colour: Field = { type: "category", shape: [], levels: 3 };
const sort: Field = { ...colour, role: "y" };
const table = (fields: DataSpec["fields"]): DataSpec => ({ kind: "table", fields });
const taking = (kind: Manifest["data"][number]["kind"], y: "required" | "optional"): Manifest =>
  ({ data: [{ kind, y }] }) as unknown as Manifest;
const needsLabels = taking("table", "required");

const told = (spec: DataSpec, manifest: Manifest, message: string, address = "own.csv"): Promise<unknown> =>
  tellingHow({ address, spec, manifest }, () => Promise.reject(new InputError(message))).catch(
    (error: unknown) => (error instanceof InputError ? error.message : error),
  );

const unlabelled = 'It learns from labels, and these data have none; give one field the role "y".';

test("a table without a label is told which columns could be one", async () => {
  expect(await told(table({ a: real, colour }), needsLabels, unlabelled)).toBe(
    `${unlabelled.slice(0, -1)} (in the address of --data: ?label=colour).`,
  );
  expect(await told(table({ a: real }), needsLabels, unlabelled)).toMatch(/--data: \?label=NAME\)\.$/);
  const several = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [name, colour]));
  expect(await told(table(several), needsLabels, unlabelled)).toMatch(
    /--data: \?label=NAME, NAME being one of "a", "b", "c", "d", "e", \.\.\.\)\.$/,
  );
});

test("images without labels are told of folders, data whose labels are left out of that", async () => {
  const images: DataSpec = { kind: "images", fields: { image: { ...colour, shape: [2, 2, 1] } } };
  expect(await told(images, taking("images", "required"), unlabelled, "own")).toMatch(/names of folders/);
  const left = await told(table({ a: real }), needsLabels, unlabelled, "iris?labels=none");
  expect(left).toMatch(/ \(leave labels=none out of the address of --data\)\.$/);
});

test("data of another kind are told the built-in sets of the right one", async () => {
  const message = 'It does not take data of the kind "table"; it takes: text.';
  expect(await told(table({ a: real }), taking("text", "optional"), message)).toMatch(
    /\(built in are tang-poems\)\.$/,
  );
});

test("of a column only what helps is told", async () => {
  const message = (name: string): string => `Column "${name}" will not do.`;
  const ways = async (fields: DataSpec["fields"], name: string, manifest = needsLabels): Promise<unknown> =>
    /: (.*)\)\.$/.exec(String(await told(table(fields), manifest, message(name))))?.[1];
  expect(await ways({ colour }, "colour")).toBe("?label=colour or ?drop=colour or ?one-hot");
  expect(await ways({ colour, sort }, "colour")).toBe("?drop=colour or ?one-hot");
  expect(await ways({ colour: { ...colour, optional: true }, sort }, "colour")).toBe("?drop=colour");
  expect(await ways({ colour, sort }, "sort")).toBe("?label=NAME");
  expect(await ways({ colour, sort }, "sort", taking("table", "optional"))).toBe("?labels=none");
});
