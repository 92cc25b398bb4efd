/**
 * The standard normal quantile at probability 1/2 + `q` to seven digits (PPND7), for |q| <= 1/2 - 2^-33: the
 * outermost that one word reaches, short of the algorithm's third range.
 *
 * Source: Algorithm AS 241: The percentage points of the normal distribution (Wichura, 1988).
 */
export function singleNormalQuantile(q: number): number {
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = Math.sqrt(-Math.log(0.5 - Math.abs(q))) - 1.6;
  const z =
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
    ((0.12021132975 * r + 0.7370016425) * r + 1);
  return q < 0 ? -z : z;
}
