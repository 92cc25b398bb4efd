import type { Variable } from "@tensorflow/tfjs-core";

/** Parameters by their path in the model, such as `encoder/0/weight`. */
export type Variables = Readonly<Record<string, Variable>>;

/** What owns parameters. */
export interface Layer {
  readonly variables: Variables;
}

/** The parameters of several parts under one roof, each path led by the part's name. */
export function collect(parts: Readonly<Record<string, Layer | Variable>>): Variables {
  const variables: Record<string, Variable> = {};
  for (const [name, part] of Object.entries(parts)) {
    if (!("variables" in part)) variables[name] = part;
    else
      for (const [path, variable] of Object.entries(part.variables)) variables[`${name}/${path}`] = variable;
  }
  return variables;
}

/** Frees the parameters' memory. */
export function disposeAll(variables: Variables): void {
  for (const variable of Object.values(variables)) if (!variable.isDisposed) variable.dispose();
}
