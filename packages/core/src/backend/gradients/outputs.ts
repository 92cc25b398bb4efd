import type { GradConfig } from "@tensorflow/tfjs-core";
import { add, elu, exp, greater, mul, sigmoid, softmax, square, sub, sum, tanh, where } from "../engine.js";
import { fromOutput } from "./gradient.js";

/** Gradients written in the output: exp' = y, tanh' = 1 - y², sigmoid' = y (1 - y), elu' = y + 1 below zero. */
export const outputGradients = (): GradConfig[] => [
  fromOutput("Exp", "x", exp, (dy, y) => mul(dy, y)),
  fromOutput("Tanh", "x", tanh, (dy, y) => mul(dy, sub(1, square(y)))),
  fromOutput("Sigmoid", "x", sigmoid, (dy, y) => mul(dy, mul(y, sub(1, y)))),
  fromOutput("Elu", "x", elu, (dy, y) => mul(dy, where(greater(y, 0), 1, add(y, 1)))),
  fromOutput("Softmax", "logits", softmax, (dy, y) => {
    const weighted = mul(dy, y);
    return sub(weighted, mul(sum(weighted, -1, true), y));
  }),
];
