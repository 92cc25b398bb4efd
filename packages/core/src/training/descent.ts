import { dispose, tidy } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { diverged } from "./diverged.js";
import { Evaluator } from "./evaluate.js";
import type { Objective, Step } from "./types.js";

/** Steps of gradient descent on one objective. Disposing it frees the compiled loss and the objective's optimizer. */
export class Descent implements Disposable {
  private readonly evaluator: Evaluator;

  constructor(private readonly objective: Objective) {
    this.evaluator = new Evaluator(objective);
  }

  /** One step; a loss or gradient that is not finite changes nothing. */
  async step(
    given: Rows,
    { step, key }: { readonly step: number; readonly key: Key },
  ): Promise<Step & { readonly metrics: { readonly loss: number } }> {
    const { objective, evaluator } = this;
    const batch = objective.prepare?.(given, key.fold("rows")) ?? given;
    const { gradients, updates, names, numbers } = await evaluator.evaluate(batch, key.fold("loss"));
    try {
      const [loss, total, ...values] = await numbers.data();
      const metrics = { loss: loss!, ...Object.fromEntries(names.map((name, i) => [name, values[i]!])) };
      if (!Number.isFinite(loss) || !Number.isFinite(total)) return { metrics, diagnoses: [diverged] };
      tidy(() => {
        objective.optimizer.apply(objective.variables, gradients, step);
        for (const [variable, value] of updates) variable.assign(value);
      });
      const told = evaluator.takeDiagnosis();
      const diagnoses = [...(told ? [told] : []), ...(objective.diagnose?.(metrics, step) ?? [])];
      return { metrics, ...(diagnoses.length > 0 && { diagnoses }) };
    } finally {
      dispose([numbers, ...gradients, ...updates.map(([, value]) => value)]);
    }
  }

  [Symbol.dispose](): void {
    this.evaluator[Symbol.dispose]();
    this.objective.optimizer[Symbol.dispose]();
  }
}
