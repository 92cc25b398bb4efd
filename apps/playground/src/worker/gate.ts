/** A gate that can be shut: who passes waits until it is open again. */
export class Gate {
  #opened: Promise<void> = Promise.resolve();
  #open: () => void = () => undefined;
  #reached: Promise<void> = Promise.resolve();
  #reach: () => void = () => undefined;
  #shut = false;

  get isShut(): boolean {
    return this.#shut;
  }

  /** Settles when somebody stands before the shut gate, or when it is opened again. */
  shut(): Promise<void> {
    if (!this.#shut) {
      this.#shut = true;
      this.#opened = new Promise((resolve) => (this.#open = resolve));
      this.#reached = new Promise((resolve) => (this.#reach = resolve));
    }
    return this.#reached;
  }

  open(): void {
    this.#shut = false;
    this.#open();
    this.#reach();
  }

  pass(): Promise<void> {
    if (this.#shut) this.#reach();
    return this.#opened;
  }
}
