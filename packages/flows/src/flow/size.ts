import { InputError } from "@gen/core";

/** More memory than any flow here is worth: 256 MB. */
const most = 2 ** 26;

/** How much a flow holds, in numbers. */
export interface FlowSize {
  readonly parameters: number;
  /** Of masks and of the base, which no file holds. */
  readonly constants: number;
}

/**
 * Refuses a flow of more parameters than the file that it is read from holds, or of more numbers than is reasonable,
 * before it is made.
 */
export function checkSize({ parameters, constants }: FlowSize, saved = Infinity): void {
  if (parameters > saved)
    throw new InputError(
      `This flow has ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters + constants <= most) return;
  throw new InputError(
    `This flow has ${parameters} parameters and ${constants} numbers of masks and latents, together more than ${most}: use fewer hidden units or steps, or smaller rows.`,
  );
}
