/** A Markov chain of hidden states: probabilities, row-major. An entry of exactly 0 is a structural zero. */
export interface Chain {
  readonly states: number;
  /** p(first state), [states]. */
  readonly initial: Float64Array;
  /** p(next state | state), [states, states]. */
  readonly transition: Float64Array;
}

/**
 * A chain as the recursions read it: the number of states is filled up to a multiple of four with states that are
 * never entered, so that the inner loops have no remainder.
 */
export interface PaddedChain {
  readonly states: number;
  /** The states with those that fill up. */
  readonly width: number;
  readonly initial: Float64Array;
  readonly transition: Float64Array;
  /** The transition matrix with rows and columns exchanged. */
  readonly transposed: Float64Array;
  /** [width] ones. */
  readonly ones: Float64Array;
}

const paddedWidth = (states: number): number => 4 * Math.ceil(states / 4);

export function paddedChain({ states, initial, transition }: Chain): PaddedChain {
  const width = paddedWidth(states);
  const square = new Float64Array(width * width);
  const transposed = new Float64Array(width * width);
  for (let i = 0; i < states; i++)
    for (let j = 0; j < states; j++) {
      square[i * width + j] = transition[i * states + j]!;
      transposed[j * width + i] = transition[i * states + j]!;
    }
  const first = new Float64Array(width);
  first.set(initial);
  return {
    states,
    width,
    initial: first,
    transition: square,
    transposed,
    ones: new Float64Array(width).fill(1),
  };
}
