/** A function reads a tensor's values (`dataSync`, `arraySync`) while it is compiled. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}

/** A function can't be compiled: the message names the kernel or the value, and why. */
export class CompileError extends Error {
  override readonly name = "CompileError";
}
