import { InputError } from "@gen/core";

/** More memory than these networks are worth: 256 MB. */
const most = 2 ** 26;

/** @throws InputError for more parameters than `most`, or than the model's file holds. */
export function checkSize(parameters: number, saved = Infinity): void {
  if (parameters > saved)
    throw new InputError(
      `These networks have ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters > most)
    throw new InputError(
      `These networks have ${parameters} parameters, more than ${most}: use narrower or fewer layers, or smaller rows.`,
    );
}
