/** log N(x; 0, deviation^2), in nats. */
export const logNormal = (x: number, deviation: number): number =>
  -((x / deviation) ** 2) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
