import { key, rows, type Rows, type Trainer } from "@gen/core";
import { permutation, type Key } from "@gen/core/random";
import type { Variable } from "@tensorflow/tfjs-core";

/** A network to be trained as its peer is: one trainer, or several that take turns at every step. */
export interface Training extends Disposable {
  readonly trainers: readonly Trainer[];
  /** All that the optimizers change. */
  readonly variables: readonly Variable[];
  /** Rows per step. */
  readonly batch: number;
}

/** Rows of one column of numbers, in an array. */
export interface Table {
  readonly data: Float32Array;
  readonly length: number;
  readonly shape: readonly number[];
}

export const parameterCount = (variables: readonly Variable[]): number =>
  variables.reduce((sum, { size }) => sum + size, 0);

/** Chosen rows as the column x. */
function chosen({ data, shape }: Table, indices: Int32Array): Rows {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const values = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    values.set(data.subarray(index * size, (index + 1) * size), i * size);
  });
  return rows({ x: { data: values, shape } });
}

export interface StepResult {
  readonly step: number;
  /** Of each trainer. */
  readonly losses: readonly number[];
}

/** Trains step by step: shuffled every epoch, the last incomplete batch dropped, all of it following from the seed. */
export async function* steps(
  training: Training,
  table: Table,
  { seed, steps: count }: { readonly seed: number; readonly steps: number },
): AsyncGenerator<StepResult> {
  const root = key(seed);
  const perEpoch = Math.floor(table.length / training.batch);
  let order: Int32Array = new Int32Array();
  for (let step = 0; step < count; step++) {
    const place = step % perEpoch;
    if (place === 0) order = permutation(root.fold("epoch").fold(step), table.length);
    const batch = chosen(table, order.subarray(place * training.batch, (place + 1) * training.batch));
    yield { step: step + 1, losses: await turn(training, batch, step, root.fold("step").fold(step)) };
  }
}

async function turn(training: Training, batch: Rows, step: number, stepKey: Key): Promise<number[]> {
  const losses: number[] = [];
  for (const trainer of training.trainers) {
    const { metrics } = await trainer.step([batch], { step, key: stepKey });
    losses.push(metrics["loss"]!);
  }
  return losses;
}
