import { expect, test } from "vitest";
import { ellipseOf } from "./ellipse.js";

test("half-axes are the roots of the covariance's eigenvalues, along its eigenvectors", () => {
  for (const angle of [-1.2, 0, 0.4, 1.5]) {
    const [long, short] = [9, 4];
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const off = (long - short) * c * s;
    const found = ellipseOf([long * c * c + short * s * s, off, off, long * s * s + short * c * c]);
    expect(found.major).toBeCloseTo(3, 10);
    expect(found.minor).toBeCloseTo(2, 10);
    expect(Math.sin(found.angle - angle)).toBeCloseTo(0, 10);
  }
  expect(ellipseOf([1, 1, 1, 1]).minor).toBeCloseTo(0, 7);
});
