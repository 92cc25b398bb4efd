/** A gate that can be shut: who passes waits until it is open again. */
export class Gate {
  #opened: Promise<void> = Promise.resolve();
  #open: () => void = () => undefined;

  get isShut(): boolean {
    return this.#shut;
  }
  #shut = false;

  shut(): void {
    if (this.#shut) return;
    this.#shut = true;
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#shut = false;
    this.#open();
  }

  pass(): Promise<void> {
    return this.#opened;
  }
}
