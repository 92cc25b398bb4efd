import { listed, type DataSpec, type Field, type Manifest } from "@gen/core";
import { InputError, isInputError } from "@gen/core/manifest";
import { sources } from "@gen/datasets";
import { isBuiltIn } from "../data.js";

/** What is trained on. */
export interface Asked {
  readonly address: string;
  readonly spec: DataSpec;
  readonly manifest: Manifest;
}

/** Runs what trains on the data of an address: an `InputError` about them then says how the command line mends it. */
export async function tellingHow<T>(asked: Asked, piece: () => Promise<T>): Promise<T> {
  try {
    return await piece();
  } catch (error) {
    if (!isInputError(error)) throw error;
    const how = howOf(asked, error.message);
    if (how === undefined) throw error;
    throw new InputError(`${error.message.replace(/\.$/, "")} (${how}).`, { cause: error });
  }
}

function howOf({ address, spec, manifest }: Asked, message: string): string | undefined {
  if (message.includes("of the kind")) return setsFor(manifest);
  const lacksLabels = message.includes('role "y"');
  if (lacksLabels && address.includes("labels=none")) return "leave labels=none out of the address of --data";
  if (isBuiltIn(address)) return undefined;
  if (lacksLabels) return labelling(spec);
  if (spec.kind !== "table") return undefined;
  const name = /column "(.+?)"/i.exec(message)?.[1];
  const field = name !== undefined && Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
  if (name === undefined || field === undefined || message.includes("?")) return undefined;
  const needed = manifest.data.some(({ kind, y }) => kind === spec.kind && y === "required");
  if (field.role === "y") return inAddress([needed ? "?label=NAME" : "?labels=none"]);
  return inAddress(waysOf(name, field, spec));
}

const inAddress = (ways: readonly string[]): string => `in the address of --data: ${ways.join(" or ")}`;

const labelOf = ({ fields }: DataSpec): Field | undefined =>
  Object.values(fields).find(({ role }) => role === "y");

/** What can be done with a column of x; one that has gaps can't be made numbers. */
const waysOf = (name: string, { type, optional }: Field, spec: DataSpec): readonly string[] => [
  ...(type === "category" && labelOf(spec) === undefined ? [`?label=${name}`] : []),
  `?drop=${name}`,
  ...(type === "category" && optional !== true ? ["?one-hot"] : []),
];

/** How data of a file come to a label. */
function labelling({ kind, fields }: DataSpec): string | undefined {
  if (kind === "images") return "the names of folders are the labels of the images in them";
  if (kind !== "table") return undefined;
  const classes = Object.keys(fields).filter((name) => fields[name]!.type === "category");
  if (classes.length === 1) return inAddress([`?label=${classes[0]!}`]);
  return inAddress([`?label=NAME${classes.length > 0 ? `, NAME being one of ${listed(classes, 5)}` : ""}`]);
}

/** The built-in sets of the kinds that a plugin takes. */
function setsFor({ data }: Manifest): string | undefined {
  const fitting = sources.filter((source) => data.some(({ kind }) => kind === source.kind));
  return fitting.length > 0 ? `built in are ${fitting.map(({ id }) => id).join(", ")}` : undefined;
}
