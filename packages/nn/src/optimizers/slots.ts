import { tidy, variable, zerosLike, type Variable } from "@tensorflow/tfjs-core";
import { restoreVariables, variablesState, type NamedArray } from "@gen/core";

/** An optimizer's running values: for each of its names one zero-initialised variable per parameter. */
export class Slots {
  private readonly variables = new Map<string, Variable>();
  private pending: ReadonlyMap<string, NamedArray> | undefined;

  /** The slot `name` of the parameter at `index`, made when first asked for. */
  of(name: string, index: number, like: Variable): Variable {
    const path = `${name}/${index}`;
    const known = this.variables.get(path);
    if (known) return known;
    const slot = tidy(() => variable(zerosLike(like), false));
    this.variables.set(path, slot);
    const saved = this.pending?.get(path);
    if (saved) restoreVariables({ [path]: slot }, new Map([[path, saved]]));
    return slot;
  }

  async state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(Object.fromEntries(this.variables));
  }

  /** Values for slots that exist, and for those that will. */
  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.pending = state;
    for (const [path, slot] of this.variables) {
      const saved = state.get(path);
      if (saved) restoreVariables({ [path]: slot }, new Map([[path, saved]]));
    }
  }

  dispose(): void {
    for (const slot of this.variables.values()) slot.dispose();
    this.variables.clear();
  }
}
