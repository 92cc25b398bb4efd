import { InputError, isInputError } from "@gen/core/manifest";

/**
 * Runs what reads a file or the data of an address: an `InputError` then begins with that name, and ends with what to
 * do where it does not say so itself.
 */
export async function naming<T>(name: string, remedy: string, piece: () => T | Promise<T>): Promise<T> {
  try {
    return await piece();
  } catch (error) {
    if (!isInputError(error)) throw error;
    const { message } = error;
    const whole = message.includes("; ") ? message : `${message.replace(/\.$/, "")}; ${remedy}.`;
    throw new InputError(whole.startsWith(name) ? whole : `${name}: ${whole}`, { cause: error });
  }
}
