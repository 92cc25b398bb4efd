import { expectation, maximisation, prepare, type Parameters, type Prior, type Sequences } from "@gen/hmm";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { hashUniform } from "./hash.js";

const [states, symbols, n] = [8, 60, 100_000];

/** Item 11's rows of probabilities: u^power, normalised. */
function rows(seed: number, count: number, columns: number, power: number): Float64Array {
  const table = hashUniform(seed, count * columns).map((u) => (u + 0.01) ** power);
  for (let row = 0; row < table.length; row += columns) {
    const total = table.subarray(row, row + columns).reduce((sum, value) => sum + value, 0);
    for (let at = row; at < row + columns; at++) table[at] = table[at]! / total;
  }
  return table;
}

/** A chain that stays with a share, and else goes on by random rows. */
function chain(stay: number, seed: number, emission: Float64Array): Parameters {
  const transition = rows(seed, states, states, 1).map(
    (p, at) => (1 - stay) * p + (at % (states + 1) === 0 ? stay : 0),
  );
  return {
    chain: { states, initial: new Float64Array(states).fill(1 / states), transition },
    emissions: [{ kind: "categorical", levels: symbols, probabilities: emission }],
  };
}

const truth = (): Parameters => chain(0.85, 31, rows(32, states, symbols, 6));
const start = (): Parameters => chain(0.5, 41, rows(42, states, symbols, 1));

const cumulated = (table: Float64Array, columns: number): Float64Array => {
  const sums = table.slice();
  for (let at = 0; at < sums.length; at++) if (at % columns > 0) sums[at] = sums[at]! + sums[at - 1]!;
  return sums;
};

/** The first place of a row whose cumulated probability is above u. */
function place(sums: Float64Array, row: number, columns: number, u: number): number {
  let at = 0;
  while (at < columns - 1 && sums[row * columns + at]! <= u) at++;
  return at;
}

/** Item 11's sequence: state and symbol by the inverse distribution function of u_2t and u_2t+1 of hash_u(33). */
function sequence(steps: number): Sequences {
  const { chain: own, emissions } = truth();
  const emission = emissions[0] as { readonly probabilities: Float64Array };
  const [first, next, seen] = [
    cumulated(own.initial, states),
    cumulated(own.transition, states),
    cumulated(emission.probabilities, symbols),
  ];
  const u = hashUniform(33, 2 * steps);
  const data = new Int32Array(steps);
  let state = place(first, 0, states, u[0]!);
  for (let t = 0; t < steps; t++) {
    if (t > 0) state = place(next, state, states, u[2 * t]!);
    data[t] = place(seen, state, symbols, u[2 * t + 1]!);
  }
  return { offsets: Int32Array.of(0, steps), tracks: [{ kind: "categorical", data }] };
}

const prior: Prior = { initial: 0, transition: 0, emission: 0, strength: 0, scales: [new Float64Array(0)] };

const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Seconds of each Baum-Welch iteration, and the log-likelihoods at the start and after ten. */
function iterate({ log, steps = 30 }: BenchOptions): Figures {
  const data = sequence(n);
  let model = prepare(start());
  const [wall, cpu, found]: [number[], number[], number[]] = [[], [], []];
  for (let iteration = 0; iteration < Math.max(11, steps); iteration++) {
    const [began, before] = [performance.now(), processor()];
    const counts = expectation(model, data);
    model = prepare(maximisation(model, counts, prior));
    wall.push((performance.now() - began) / 1e3);
    cpu.push(processor() - before);
    found.push(counts.logLikelihood);
  }
  log(`first symbols ${Array.from(data.tracks[0]!.data.subarray(0, 10)).join(" ")}`);
  const seconds = median(wall);
  return {
    pomegranateSecondsPerIteration: seconds,
    numpyBlockedSecondsPerIteration: seconds,
    cpuSecondsPerIteration: median(cpu),
    logLikStart: found[0]!,
    logLikAfter10: found[10]!,
  };
}

/** One E step over a sequence of so many steps: its log-likelihood, which must be finite, and the seconds. */
export function scale(steps: number): Figures {
  const data = sequence(steps);
  const [began, before] = [performance.now(), processor()];
  const { logLikelihood } = expectation(prepare(start()), data);
  const seconds = (performance.now() - began) / 1e3;
  return { logLikelihood, seconds, processorSeconds: processor() - before };
}

const program: BenchProgram = {
  item: "hmm",
  speed: (options) => Promise.resolve(iterate(options)),
  quality: (options) => Promise.resolve(iterate(options)),
};

export default program;
