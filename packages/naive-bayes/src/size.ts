import { InputError } from "@gen/core";

/** More memory than any naive Bayes is worth: 512 MB. */
export const mostNumbers = 2 ** 26;

/** Counts the numbers of a model before any memory is taken for them. */
export class Size {
  private numbers = 0;

  constructor(
    private readonly classes: number,
    /** What a file holds, or `mostNumbers`. */
    private readonly most: number,
  ) {}

  /** @throws InputError when there are more than may be. */
  add(column: string, perClass: number): void {
    this.numbers += perClass * this.classes;
    if (this.numbers <= this.most) return;
    throw new InputError(
      this.most < mostNumbers
        ? `The model has at least ${this.numbers} numbers with the column "${column}", but the file holds ${this.most}: its configuration is not that of its arrays.`
        : `The model has at least ${this.numbers} numbers with the column "${column}", more than ${mostNumbers}: use fewer levels or columns, or bins.`,
    );
  }
}
