import { tidy, variable, zerosLike, type Variable } from "@tensorflow/tfjs-core";
import { disposeVariables, InputError, restoreVariables, variablesState, type NamedArray } from "@gen/core";

/** An optimizer's running values: for each of its names one zero-initialised variable per parameter. */
export class Slots {
  private readonly variables = new Map<string, Variable>();
  /** Restored values of slots that nobody has asked for yet. */
  private readonly pending = new Map<string, NamedArray>();

  constructor(private readonly names: readonly string[]) {}

  /**
   * The slot `name` of the parameter at `index`, made when first asked for.
   * Throws `InputError` when the restored value has another shape than the parameter.
   */
  of(name: string, index: number, like: Variable): Variable {
    const path = `${name}/${index}`;
    const known = this.variables.get(path);
    if (known) return known;
    const slot = tidy(() => variable(zerosLike(like), false));
    const saved = this.pending.get(path);
    try {
      if (saved) restoreVariables({ [path]: slot }, new Map([[path, saved]]));
    } catch (error) {
      slot.dispose();
      throw error;
    }
    this.pending.delete(path);
    this.variables.set(path, slot);
    return slot;
  }

  /** All values, also those restored and not yet asked for. */
  async state(): Promise<ReadonlyMap<string, NamedArray>> {
    const used = await variablesState(Object.fromEntries(this.variables));
    return new Map([...this.pending, ...used]);
  }

  /** Takes the state's values and forgets its own. Throws `InputError` for an array that is no slot of these. */
  restore(state: ReadonlyMap<string, NamedArray>): void {
    for (const path of state.keys())
      if (!this.names.some((name) => path.startsWith(`${name}/`)))
        throw new InputError(
          `The saved state has an array "${path}" that this optimizer has not: its slots are ${this.names.join(" and ")}.`,
        );
    this.dispose();
    for (const [path, saved] of state) this.pending.set(path, saved);
  }

  dispose(): void {
    disposeVariables(Object.fromEntries(this.variables));
    this.variables.clear();
    this.pending.clear();
  }
}
