/** Registers the gradients of TensorFlow.js in Node, where only the whole package can be imported. */
export const registerGradients = (): Promise<unknown> => import("@tensorflow/tfjs");
