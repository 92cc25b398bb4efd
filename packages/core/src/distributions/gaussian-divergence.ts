import type { Tensor } from "@tensorflow/tfjs-core";
import { add, expandDims, eye, mul, square, sub, sum, tidy } from "../backend/engine.js";
import { logDetTriangular, triangularSolve } from "../math/index.js";
import { applyMatrix, lowerTriangle } from "./lower-triangle.js";
import type { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import type { MultivariateNormal } from "./multivariate-normal.js";
import { broadcastShapes, expand } from "./shapes.js";
import type { Distribution } from "./types.js";

type Gaussian = MultivariateNormal | MultivariateNormalDiag;

const isGaussian = (other: Distribution): other is Gaussian =>
  other.family === "MultivariateNormal" || other.family === "MultivariateNormalDiag";

/** The lower triangular factor of the covariance. */
function factorOf(gaussian: Gaussian): Tensor {
  if (gaussian.family === "MultivariateNormal") return lowerTriangle(gaussian.scaleTril);
  const scales = expand(gaussian.scaleDiag, [...gaussian.batchShape, ...gaussian.eventShape]);
  return mul(expandDims(scales, -1), eye(gaussian.eventShape[0]!));
}

/**
 * The divergence between normal distributions over vectors, at least one with a full factor:
 * (|M|² + |L_q⁻¹ (m_p - m_q)|² - d) / 2 + log det L_q - log det L_p, M = L_q⁻¹ L_p.
 */
export function gaussianDivergence(p: Gaussian, q: Distribution): Tensor | undefined {
  if (!isGaussian(q)) return undefined;
  return tidy(() => {
    const [factorP, factorQ] = [factorOf(p), factorOf(q)];
    const inverse = triangularSolve(factorQ, eye(p.eventShape[0]!));
    const trace = sum(square(triangularSolve(factorQ, factorP)), [-2, -1]);
    const batchShape = broadcastShapes(p.batchShape, q.batchShape);
    const distance = sum(square(applyMatrix(inverse, sub(p.loc, q.loc), batchShape)), -1);
    const logDets = sub(logDetTriangular(factorQ), logDetTriangular(factorP));
    return add(mul(0.5, sub(add(trace, distance), p.eventShape[0]!)), logDets);
  });
}
