import type { Variable } from "@tensorflow/tfjs-core";

export const parameterCount = (variables: readonly Variable[]): number =>
  variables.reduce((sum, { size }) => sum + size, 0);
