/** The peers' reproducible uniforms in [0, 1): lowbias32(i + seed · 0x9E3779B9) / 2³² (peers/README.md). */
export function hashUniform(seed: number, count: number): Float64Array {
  const offset = Math.imul(seed, 0x9e3779b9);
  return Float64Array.from({ length: count }, (_, i) => {
    let x = (i + offset) | 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x7feb352d);
    x ^= x >>> 15;
    x = Math.imul(x, 0x846ca68b);
    x ^= x >>> 16;
    return (x >>> 0) / 2 ** 32;
  });
}

/** The peers' reproducible normals, by Box-Muller from `hashUniform`. */
export function hashNormal(seed: number, count: number): Float64Array {
  const u = hashUniform(seed, 2 * count);
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(1 - u[2 * i]!)) * Math.cos(2 * Math.PI * u[2 * i + 1]!),
  );
}
