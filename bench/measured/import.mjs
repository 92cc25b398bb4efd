// Imports TensorFlow.js, then the back end "onnx" with its first kernel; prints the milliseconds of either.
const begun = performance.now();
const tf = await import("@tensorflow/tfjs");
const imported = performance.now();
await import("@gen/backend-onnx");
await tf.setBackend("onnx");
tf.add(tf.ones([2]), tf.ones([2])).dataSync();
const ready = performance.now();
console.log(JSON.stringify({ tensorflowMs: imported - begun, beyondMs: ready - imported }));
