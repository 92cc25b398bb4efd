import type { MetricsReport } from "../engine/protocol.js";

/** Collects the metrics of steps until they are reported. */
export class MetricsBuffer {
  #steps: number[] = [];
  #values = new Map<string, number[]>();

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  add(step: number, metrics: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(metrics)) {
      // A metric that was absent so far has no value at the steps before.
      const values = this.#values.get(name) ?? new Array<number>(this.#steps.length).fill(NaN);
      values.push(value);
      this.#values.set(name, values);
    }
    this.#steps.push(step);
    for (const values of this.#values.values()) if (values.length < this.#steps.length) values.push(NaN);
  }

  take(): MetricsReport {
    const report = {
      steps: Float64Array.from(this.#steps),
      values: Object.fromEntries(
        [...this.#values].map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    };
    this.#steps = [];
    this.#values.clear();
    return report;
  }
}
