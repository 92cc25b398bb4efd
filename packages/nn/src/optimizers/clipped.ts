import { add, div, maximum, mul, scalar, sqrt, square, sum, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Optimizer } from "@gen/core";

/** Gradients times min(1, norm / ‖all of them‖), so that their joint Euclidean norm is at most `norm`. */
export function clipByGlobalNorm(gradients: readonly Tensor[], norm: number): Tensor[] {
  return tidy(() => {
    const squares = gradients.map((gradient) => sum(square(gradient)));
    const length = sqrt(squares.reduce((total, s) => add(total, s), scalar(0)));
    const factor = div(norm, maximum(length, norm));
    return gradients.map((gradient) => mul(gradient, factor));
  });
}

/**
 * An optimizer whose gradients are clipped first; it owns the optimizer (On the difficulty of training recurrent
 * neural networks, Pascanu et al., 2013).
 */
export function clipped(optimizer: Optimizer, norm: number): Optimizer {
  return {
    apply(variables, gradients, step) {
      const bounded = clipByGlobalNorm(gradients, norm);
      try {
        optimizer.apply(variables, bounded, step);
      } finally {
        for (const gradient of bounded) gradient.dispose();
      }
    },
    state: () => optimizer.state(),
    restore: (state) => {
      optimizer.restore(state);
    },
    [Symbol.dispose]: () => {
      optimizer[Symbol.dispose]();
    },
  };
}
