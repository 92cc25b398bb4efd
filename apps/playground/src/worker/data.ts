import type { Dataset } from "@gen/core";
import { open, sources, type Files } from "@gen/datasets";
import type { DataChoice, Source } from "../engine/protocol.js";
import type { Judge } from "./predictions.js";

export const listedSources = (): Source[] =>
  sources.map(({ id, kind, labelled, gaps = false, title, credit }) => ({
    address: id,
    kind,
    labelled,
    gaps,
    title,
    credit,
  }));

/** The rows to train on: a listed set's training part, or all of a file or folder. Throws `InputError` on data that can't be read. */
export async function openData(choice: DataChoice): Promise<Dataset> {
  if (choice.type === "source") return (await open(choice.address, { part: "train" })).dataset;
  // In an address these characters begin the part and the settings.
  const name = choice.name.replace(/[:?]/g, "_");
  const address = choice.type === "folder" ? `./${name}` : name;
  const files = filesOf(choice, address);
  return (
    await open(`${address}${choice.type === "file" ? labelQuery(choice.label) : ""}`, { part: "all", files })
  ).dataset;
}

const labelQuery = (label: string | null | undefined): string => {
  if (label === null) return "?labels=none";
  return label === undefined ? "" : `?label=${encodeURIComponent(label)}`;
};

/** What a model of these data is judged by: a listed set's test part, else the data themselves. */
export async function openJudge(choice: DataChoice, data: Dataset): Promise<Judge> {
  if (choice.type !== "source") return { data, heldOut: false };
  return { data: (await open(choice.address, { part: "test" })).dataset, heldOut: true };
}

/** Whether two choices are of the same data: what comes from the page is always a copy. */
export function sameChoice(a: DataChoice, b: DataChoice): boolean {
  if (a.type === "source") return b.type === "source" && a.address === b.address;
  if (a.type === "file")
    return b.type === "file" && a.name === b.name && a.label === b.label && sameBytes(a.bytes, b.bytes);
  return (
    b.type === "folder" &&
    a.name === b.name &&
    a.files.size === b.files.size &&
    [...a.files].every(([path, bytes]) => sameBytes(bytes, b.files.get(path)))
  );
}

const sameBytes = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);

const filesOf = (choice: Exclude<DataChoice, { type: "source" }>, address: string): Files => ({
  read: (path) =>
    Promise.resolve(choice.type === "file" ? choice.bytes : choice.files.get(path.slice(address.length + 1))),
  list: () => Promise.resolve(choice.type === "folder" ? [...choice.files.keys()] : undefined),
  find: () => Promise.resolve(undefined),
});

/** The first rows of some data, or all. */
export const firstRows = async (data: Dataset, count: number) =>
  data.take(Int32Array.from({ length: Math.min(count, data.length) }, (_, i) => i));
