import type { DataSpec, Field } from "@gen/core";
import { InputError, isInputError } from "@gen/core/manifest";
import { isBuiltIn } from "../data.js";

/** Runs what trains on a file's data: an `InputError` about one of its columns then says how the address mends it. */
export async function tellingHow<T>(address: string, spec: DataSpec, piece: () => Promise<T>): Promise<T> {
  try {
    return await piece();
  } catch (error) {
    if (!isInputError(error) || isBuiltIn(address) || spec.kind !== "table") throw error;
    const { message } = error;
    const name = /column "(.+?)"/i.exec(message)?.[1];
    const field = name !== undefined && Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
    if (name === undefined || field === undefined || message.includes("?")) throw error;
    throw new InputError(
      `${message.replace(/\.$/, "")} (in the address of --data: ${ways(name, field).join(" or ")}).`,
      { cause: error },
    );
  }
}

const ways = (name: string, { type, role }: Field): readonly string[] =>
  type === "category" && role !== "y"
    ? [`?label=${name}`, `?drop=${name}`, "?one-hot"]
    : [role === "y" ? "?labels=none" : `?drop=${name}`];
