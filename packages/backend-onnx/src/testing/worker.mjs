// Trains a line in a worker for a while, and reports the losses.
import { parentPort, workerData } from "node:worker_threads";
import { tsImport } from "tsx/esm/api";

const tf = await import("@tensorflow/tfjs");
await tsImport("../index.ts", import.meta.url);
await tf.setBackend("onnx");
const weight = tf.variable(tf.tensor([[workerData.start], [1]]));
const x = tf.tensor([
  [1, 2],
  [3, 4],
]);
const losses = [];
for (let step = 0; step < 50; step++) {
  const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(tf.matMul(x, weight))));
  losses.push(value.dataSync()[0]);
  tf.tidy(() => weight.assign(tf.sub(weight, tf.mul(grads[weight.name], 0.01))));
  tf.dispose([value, grads]);
}
parentPort.postMessage(losses);
