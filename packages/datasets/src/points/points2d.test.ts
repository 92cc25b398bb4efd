import { all } from "@gen/core";
import { float64 } from "@gen/core/math";
import { key, normals64 } from "@gen/core/random";
import { describe, expect, it } from "vitest";
import { gaussLegendre } from "./gauss-legendre.js";
import { logDensity2d, points2d, pointSets, type PointSet } from "./points2d.js";

/** A square that holds all but a trace of the set, its count of cells along a side, and nodes along a cell's side. */
const grids: Record<PointSet, { readonly half: number; readonly cells: number; readonly nodes: number }> = {
  moons: { half: 3, cells: 12, nodes: 8 },
  rings: { half: 3, cells: 12, nodes: 8 },
  spirals: { half: 4, cells: 16, nodes: 8 },
  checkerboard: { half: 2, cells: 8, nodes: 2 },
  pinwheel: { half: 5, cells: 20, nodes: 8 },
  "eight-gaussians": { half: 4, cells: 16, nodes: 8 },
  "twenty-five-gaussians": { half: 2.5, cells: 15, nodes: 10 },
};

function cellMasses(name: PointSet, noise?: number): Float64Array {
  const { half, cells, nodes } = grids[name];
  const rule = gaussLegendre(nodes);
  const side = (2 * half) / cells;
  const along = Array.from({ length: cells * nodes }, (_, i) => {
    const cell = Math.floor(i / nodes);
    return {
      cell,
      at: -half + side * (cell + (1 + rule.nodes[i % nodes]!) / 2),
      weight: (side / 2) * rule.weights[i % nodes]!,
    };
  });
  const x = Float64Array.from(along.flatMap((u) => along.flatMap((v) => [u.at, v.at])));
  const density = logDensity2d(name, noise)(x);
  const masses = new Float64Array(cells * cells);
  let node = 0;
  for (const u of along)
    for (const v of along)
      masses[u.cell * cells + v.cell]! += u.weight * v.weight * Math.exp(density[node++]!);
  return masses;
}

describe.each(pointSets)("%s", (name) => {
  const masses = cellMasses(name);

  it("has a density that integrates to 1", () => {
    expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 4);
  });

  it("has samples of that density, by a chi-square test over cells", async () => {
    const { half, cells } = grids[name];
    const count = 20_000;
    const { columns } = await all(points2d(name, { count, key: key(3) }));
    const observed = new Float64Array(cells * cells);
    let outside = 0;
    const x = columns.x!.data as Float64Array;
    for (let row = 0; row < count; row++) {
      const [i, j] = [x[2 * row]!, x[2 * row + 1]!].map((value) =>
        Math.floor(((value + half) * cells) / (2 * half)),
      );
      if (Math.min(i!, j!) < 0 || Math.max(i!, j!) >= cells) outside++;
      else observed[i! * cells + j!]!++;
    }
    // Cells that expect fewer than 5 are taken together.
    let [statistic, tests, restSeen, restExpected] = [0, 0, outside, count];
    for (const [cell, mass] of masses.entries()) {
      const expected = count * mass;
      if (expected < 5) {
        restSeen += observed[cell]!;
        continue;
      }
      restExpected -= expected;
      statistic += (observed[cell]! - expected) ** 2 / expected;
      tests++;
    }
    restExpected -= restSeen === 0 ? restExpected : 0;
    if (restExpected > 1) statistic += (restSeen - restExpected) ** 2 / restExpected;
    else expect(restSeen).toBeLessThan(10);
    expect(tests).toBeGreaterThan(7);
    expect(float64.regularizedGammaQ(tests / 2, statistic / 2)).toBeGreaterThan(1e-3);
  });

  it("draws a shorter set as the beginning of a longer one", async () => {
    const short = await all(points2d(name, { count: 5, key: key(1) }));
    const long = await all(points2d(name, { count: 9, key: key(1) }));
    expect((long.columns.x!.data as Float64Array).slice(0, 10)).toEqual(short.columns.x!.data);
  });

  it("is finite far away and with other noise", () => {
    const density = logDensity2d(name, 0.05);
    for (const value of density(Float64Array.of(40, -7, 0, 0, -0.3, 30))) expect(value).toBeLessThan(10);
    for (const value of density(Float64Array.of(40, -7, 0, 0, -0.3, 30))) expect(value).toBeGreaterThan(-1e7);
  });
});

it("knows a blurred checkerboard", () => {
  const masses = cellMasses("checkerboard", 0.02);
  expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeGreaterThan(0.95);
  const sharp = logDensity2d("checkerboard")(Float64Array.of(-1.5, -1.5, -0.5, -1.5));
  expect([...sharp]).toEqual([-Math.log(8), -Infinity]);
  const blurred = logDensity2d("checkerboard", 0.01)(Float64Array.of(-1.5, -1.5, -2, -1.5));
  expect(blurred[0]).toBeCloseTo(-Math.log(8), 10);
  expect(blurred[1]).toBeCloseTo(-Math.log(16), 10);
});

describe("quadrature along a curve", () => {
  // The trapezium rule over a very fine grid.
  const brute = (
    x: number,
    y: number,
    noise: number,
    at: (s: number) => readonly [number, number],
    weight: (s: number) => number,
  ) => {
    const steps = 200_000;
    const terms = Float64Array.from({ length: steps }, (_, i) => {
      const s = (i + 0.5) / steps;
      const [cx, cy] = at(s);
      return Math.log(weight(s)) - ((x - cx) ** 2 + (y - cy) ** 2) / (2 * noise * noise);
    });
    return float64.logSumExp(terms) - Math.log(steps * 2 * Math.PI * noise * noise);
  };
  const points = [
    [0.1, 0.9],
    [1, 0.2],
    [-1.2, -0.2],
    [0, 0],
    [3, -2],
    [2.2, 1.4],
    [-1, 4],
  ] as const;

  it.each([0.05, 0.1, 0.5])("gives the density of moons with noise %s", (noise) => {
    for (const [x, y] of points) {
      const upper = brute(
        x,
        y,
        noise,
        (s) => [Math.cos(Math.PI * s), Math.sin(Math.PI * s)],
        () => 1,
      );
      const lower = brute(
        x,
        y,
        noise,
        (s) => [1 - Math.cos(Math.PI * s), 0.5 - Math.sin(Math.PI * s)],
        () => 1,
      );
      const expected = float64.logAddExp(upper, lower) - Math.LN2;
      expect(Math.abs(logDensity2d("moons", noise)(Float64Array.of(x, y))[0]! - expected)).toBeLessThan(1e-5);
    }
  });

  it.each([0.05, 0.2])("gives the density of spirals with noise %s", (noise) => {
    for (const [x, y] of points) {
      const arms = [0, Math.PI].map((angle) =>
        brute(
          x,
          y,
          noise,
          (s) => [3 * s * Math.cos(3 * Math.PI * s + angle), 3 * s * Math.sin(3 * Math.PI * s + angle)],
          (s) => 2 * s,
        ),
      );
      const expected = float64.logSumExp(arms) - Math.LN2;
      expect(Math.abs(logDensity2d("spirals", noise)(Float64Array.of(x, y))[0]! - expected)).toBeLessThan(
        1e-5,
      );
    }
  });
});

it("tells moons apart by label", async () => {
  const { columns } = await all(points2d("moons", { count: 100, key: key(1), noise: 0.01 }));
  const x = columns.x!.data as Float64Array;
  const label = columns.label!.data as Int32Array;
  for (let row = 0; row < 100; row++) {
    const radius =
      label[row] === 0
        ? Math.hypot(x[2 * row]!, x[2 * row + 1]!)
        : Math.hypot(x[2 * row]! - 1, x[2 * row + 1]! - 0.5);
    expect(radius).toBeCloseTo(1, 0.5);
  }
});

it("agrees with a Gaussian mixture written out", () => {
  const x = normals64(key(4), 20);
  const density = logDensity2d("eight-gaussians", 0.7)(x);
  for (let row = 0; row < 10; row++) {
    let sum = 0;
    for (let k = 0; k < 8; k++) {
      const [dx, dy] = [
        x[2 * row]! - 2 * Math.cos((k * Math.PI) / 4),
        x[2 * row + 1]! - 2 * Math.sin((k * Math.PI) / 4),
      ];
      sum += Math.exp(-(dx * dx + dy * dy) / (2 * 0.49)) / (2 * Math.PI * 0.49) / 8;
    }
    expect(density[row]).toBeCloseTo(Math.log(sum), 12);
  }
});

it("refuses what it can't draw", () => {
  expect(() => points2d("moon" as PointSet, { count: 1, key: key(1) })).toThrow('did you mean "moons"');
  expect(() => points2d("moons", { count: 0.5, key: key(1) })).toThrow("0.5 points");
  expect(() => points2d("moons", { count: 1, key: key(1), noise: 0 })).toThrow("noise of 0");
  expect(() => logDensity2d("rings")(Float64Array.of(1, 2, 3))).toThrow("3 numbers");
});
