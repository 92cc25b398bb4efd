import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from "@tensorflow/tfjs-core";

/** A kernel beyond those of TensorFlow.js that the back end in use may have, for one that computes a value at once. */
export function nativeKernel(
  name: string,
): ((inputs: Readonly<Record<string, Tensor>>, attributes: NamedAttrMap) => Tensor) | undefined {
  // Where there is none the engine gives undefined, whatever its types say.
  const known: unknown = getKernel(name, getBackend());
  if (known === undefined) return undefined;
  return (inputs, attributes) => engine().runKernel(name, { ...inputs }, attributes);
}
