import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { dispose, makeTensor } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { NamedArray } from "./types.js";

/** Named tensors as arrays of their exact type. Throws `InputError` for an element type that files do not know. */
export async function variablesState(
  variables: Readonly<Record<string, Tensor>>,
): Promise<ReadonlyMap<string, NamedArray>> {
  const entries = Object.entries(variables).map(async ([name, tensor]): Promise<[string, NamedArray]> => {
    return [name, await arrayOf(name, tensor)];
  });
  return new Map(await Promise.all(entries));
}

async function arrayOf(name: string, tensor: Tensor): Promise<NamedArray> {
  const { dtype, shape } = tensor;
  // Copied, because the cpu back end gives out its own array.
  switch (dtype) {
    case "float32":
      return { dtype: "F32", shape: [...shape], data: (await tensor.data<"float32">()).slice() };
    case "int32":
      return { dtype: "I32", shape: [...shape], data: (await tensor.data<"int32">()).slice() };
    case "bool":
      return { dtype: "U8", shape: [...shape], data: (await tensor.data<"bool">()).slice() };
    default:
      throw new InputError(
        `Variable "${name}" is of type ${dtype}, which a file can't hold; use float32 or int32.`,
      );
  }
}

const typeOf = { float32: "F32", int32: "I32", bool: "U8" } as const;

/**
 * Puts a saved state back, bit for bit: all of it or nothing.
 * Throws `InputError` that names an array which is missing, unknown, or of another type or shape.
 */
export function restoreVariables(
  variables: Readonly<Record<string, Variable>>,
  state: ReadonlyMap<string, NamedArray>,
): void {
  for (const name of state.keys()) {
    if (!Object.hasOwn(variables, name))
      throw new InputError(`The saved state has an array "${name}" that the model has not.`);
  }
  for (const [name, variable] of Object.entries(variables)) checkArray(name, variable, state.get(name));
  for (const [name, variable] of Object.entries(variables)) {
    const tensor = toTensor(state.get(name)!, variable);
    variable.assign(tensor);
    dispose(tensor);
  }
}

/** Checks that a saved array can take the place of a tensor. Throws `InputError` that names it. */
export function checkArray(
  name: string,
  tensor: Tensor,
  array: NamedArray | undefined,
): asserts array is NamedArray {
  if (array === undefined) throw new InputError(`The saved state lacks the array "${name}".`);
  const dtype = Object.hasOwn(typeOf, tensor.dtype)
    ? typeOf[tensor.dtype as keyof typeof typeOf]
    : tensor.dtype;
  if (array.dtype === dtype && array.shape.join() === tensor.shape.join()) return;
  throw new InputError(
    `The saved array "${name}" is ${array.dtype} of shape [${array.shape.join(", ")}], but the model's is ${dtype} of shape [${tensor.shape.join(", ")}].`,
  );
}

/** An array on the engine, with the shape and type of the tensor that it stands for. Copies: a file's bytes are not kept. */
export const toTensor = (array: NamedArray, like: Tensor): Tensor =>
  makeTensor(
    array.data instanceof Float64Array ? Float32Array.from(array.data) : array.data.slice(),
    like.shape,
    like.dtype,
  );

/** Disposes variables, once. */
export function disposeVariables(variables: Readonly<Record<string, Tensor>>): void {
  for (const variable of Object.values(variables)) if (!variable.isDisposed) dispose(variable);
}
