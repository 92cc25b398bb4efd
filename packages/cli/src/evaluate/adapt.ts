import { adapt, type Adapted, type Dataset, type DataSpec } from "@gen/core";
import { naming } from "../files/naming.js";
import { line, type Io } from "../io.js";

/** What to do with data that don't fit a model. */
export const alike = "give data like those that the model learned";

/**
 * The data of an address as a model of this specification knows them; says on stderr what it doesn't know of them.
 * Throws `InputError` naming the address and the field, or the row, that does not fit.
 */
export async function adapted(
  data: Dataset,
  spec: DataSpec,
  { address, io }: { readonly address: string; readonly io: Io },
): Promise<Dataset> {
  const { dataset, unknown } = await naming(address, alike, () => adapt(data, spec));
  tellUnknown(unknown, io);
  return dataset;
}

/** Says what of data a model has no names for. */
export function tellUnknown(unknown: Adapted["unknown"], io: Io): void {
  for (const [name, count] of Object.entries(unknown))
    line(
      io.stderr,
      `Data: the model does not know ${count} of the values of "${name}"; they count as missing.`,
    );
}
