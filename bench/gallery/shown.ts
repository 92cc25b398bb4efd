import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testImages, type Certainty } from "./certainty.js";
import { page } from "./page.js";
import { pictures } from "./pictures.js";

/** How a picture that is shown came about. */
export interface Result {
  /** All its commands, as they were when it was made. */
  readonly commands: readonly string[];
  /** Of each training, as far as it went: one that converges ends early. */
  readonly steps: readonly number[];
  /** Wall time of all trainings with their start. */
  readonly seconds: number;
  readonly date: string;
  readonly machine: string;
  readonly backend: string;
  readonly certainty?: Certainty;
}

export interface Results {
  readonly pictures: Readonly<Record<string, Result>>;
  /** What the classifier says of the data's own test images. */
  readonly test?: Certainty;
}

/** Whether nothing but what the classifier says differs. */
const sameModel = (a: Result, b: Result): boolean => {
  const [one, other] = [a, b].map((each) => JSON.stringify({ ...each, certainty: undefined }));
  return one === other;
};

/** The folder of the pictures that are shown, with what is known of them and the page that tells it. */
export class Shown {
  readonly #path: string;
  #results: Results;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, "results.json");
    this.#results = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, "utf8")) as Results)
      : { pictures: {} };
  }

  /** Shows a picture; what the classifier said of its model's samples stays. */
  picture(name: string, file: string, result: Result): void {
    copyFileSync(file, join(this.folder, `${name}.png`));
    const old = this.#results.pictures[name];
    const certainty = old !== undefined && sameModel(old, result) ? old.certainty : undefined;
    this.#picture(name, { ...result, ...(certainty !== undefined && { certainty }) });
  }

  /** Tells what the classifier says. */
  certainties(judged: Readonly<Record<string, Certainty>>): void {
    for (const [name, certainty] of Object.entries(judged)) {
      if (name === testImages) this.#write({ ...this.#results, test: certainty });
      else this.#picture(name, { ...this.#results.pictures[name]!, certainty });
    }
  }

  #picture(name: string, result: Result): void {
    this.#write({ ...this.#results, pictures: { ...this.#results.pictures, [name]: result } });
  }

  #write(results: Results): void {
    this.#results = results;
    writeFileSync(this.#path, `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(this.folder, "README.md"), page(pictures, results));
  }
}
