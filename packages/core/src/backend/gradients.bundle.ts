/** Registers the gradients of TensorFlow.js in a bundle, and nothing else of it. */
export const registerGradients = (): Promise<unknown> =>
  import("@tensorflow/tfjs-core/dist/register_all_gradients");
