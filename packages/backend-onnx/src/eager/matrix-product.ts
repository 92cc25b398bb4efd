import { Graph } from "../graph/graph.js";
import { feed, Session } from "../runtime/session.js";
import type { SessionCache } from "../runtime/session-cache.js";

export interface ProductShape {
  /** Rows of the result. */
  readonly rows: number;
  /** What is summed over. */
  readonly inner: number;
  /** Columns of the result. */
  readonly columns: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** The product of float64 matrices, row-major; transposed ones are given as they stand. */
export function matrixProduct(
  sessions: SessionCache,
  a: Float64Array,
  b: Float64Array,
  { rows, inner, columns, transposeA = false, transposeB = false }: ProductShape,
): Float64Array {
  const shapes = {
    a: transposeA ? [inner, rows] : [rows, inner],
    b: transposeB ? [columns, inner] : [inner, columns],
  };
  const session = sessions.get(
    `matrix product ${[rows, inner, columns, transposeA, transposeB].join()}`,
    () => {
      const graph = new Graph();
      const inputs = [graph.input(shapes.a, "float64", "a"), graph.input(shapes.b, "float64", "b")];
      const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } };
      const result = { shape: [rows, columns], dtype: "float64" } as const;
      return new Session(graph, [graph.node("Gemm", inputs, result, flags)], { threads: 1 });
    },
  );
  const [product] = session.run({ a: feed("float64", shapes.a, a), b: feed("float64", shapes.b, b) });
  return product as Float64Array;
}
