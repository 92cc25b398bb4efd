/** Something was found to be wrong, and has been told: the exit code is 1, with this message and no stack. */
export class ToldFailure extends Error {
  override readonly name = "ToldFailure";
}
