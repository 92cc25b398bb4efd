import { useBackend } from "@gen/core/backend";
import { expectation, maximisation, prepare, standard, logLikelihoodOf } from "@gen/gmm";
import { hashNormal, hashUniform } from "./items/hash.js";
const [n,d,k]=[50000,16,10];
const means = hashUniform(21, k * d).map((u) => 6 * (u - 0.5));
const off = hashUniform(22, k * d * d), diagonal = hashUniform(23, k * d), z = hashNormal(24, n * d);
const x = new Float64Array(n * d);
for (let i = 0; i < n; i++) { const c = i % k;
  for (let row = 0; row < d; row++) { let value = means[c * d + row]!;
    for (let column = 0; column <= row; column++) { const at = c * d * d + row * d + column;
      value += (row === column ? 0.5 + diagonal[c * d + row]! : 0.3 * (2 * off[at]! - 1)) * z[i * d + column]!; }
    x[i * d + row] = value; } }
if (process.argv[2] !== "js") console.log(await useBackend());
const floor = new Float64Array(d).fill(1e-6);
for (const type of ["full","diagonal"] as const) {
  let mixture = { ...standard(type, k, d), means: x.slice(0, k * d) };
  const data = prepare(x, d, { keep: () => process.argv[3] !== "nokeep" });
  const t: number[] = [], cpu: number[]=[];
  for (let i = 0; i < 20; i++) { const s = performance.now(); const c=process.cpuUsage(); mixture = maximisation(mixture, expectation(mixture, data), floor); t.push(performance.now() - s); const u=process.cpuUsage(c); cpu.push((u.user+u.system)/1e3) }
  console.log(type, "first", t[0]!.toFixed(1), "median", t.slice().sort((a, b) => a - b)[10]!.toFixed(1), "min", Math.min(...t).toFixed(1), "cpu med", cpu.sort((a,b)=>a-b)[10]!.toFixed(1), "ll", logLikelihoodOf(mixture, x) / n);
}
