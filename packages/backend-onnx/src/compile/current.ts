import { backend } from "@tensorflow/tfjs-core";
import { OnnxBackend } from "../eager/backend.js";
import { openRuntime } from "../runtime/binding.js";

/** The back end in use, which must be this one. */
export function current(): OnnxBackend {
  const used = backend();
  if (used instanceof OnnxBackend) return used;
  // Where it isn't installed that is the reason why another is in use.
  openRuntime();
  throw new Error('Compiling needs the back end "onnx": await tf.setBackend("onnx") first.');
}
