import { InputError } from "@gen/core";

/** More memory than any flow here is worth: 256 MB. */
const mostParameters = 2 ** 26;

/** Refuses a network of more parameters than the file that it is read from holds, or than is reasonable, before it is made. */
export function checkSize(parameters: number, saved = Infinity): void {
  if (parameters > saved)
    throw new InputError(
      `This flow has ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters <= mostParameters) return;
  throw new InputError(
    `This flow has ${parameters} parameters, more than ${mostParameters}: use fewer hidden units or steps, or smaller rows.`,
  );
}
