import { describe, expect, it } from "vitest";
import { arrows } from "./structure/arrows.js";
import { manifests } from "./structure/manifests.js";
import { isPlugin } from "./structure/package.js";
import { readPackages } from "./structure/read.js";
import { shape } from "./structure/shape.js";
import { engine, familyNames, length, pluginIds, randomness, relativeImports } from "./structure/sources.js";

const packages = readPackages();

describe("the repository", () => {
  it("is read: core, plugins with their ids, sources", () => {
    expect(packages.map((one) => one.json.name)).toContain("@gen/core");
    const plugins = packages.filter(isPlugin);
    expect(plugins.length).toBeGreaterThanOrEqual(3);
    expect(pluginIds(packages).length).toBeGreaterThanOrEqual(plugins.length);
    for (const one of packages) expect(one.sources.length, one.folder).toBeGreaterThan(0);
  });

  it("has arrows that run downward only", () => {
    expect(arrows(packages)).toEqual([]);
  });

  it("has packages of one shape", () => {
    expect(shape(packages)).toEqual([]);
  });

  it("has no file over 500 lines", () => {
    expect(length(packages)).toEqual([]);
  });

  it("calls the engine from core in one room", () => {
    expect(engine(packages)).toEqual([]);
  });

  it("has relative imports inside packages only", () => {
    expect(relativeImports(packages)).toEqual([]);
  });

  it("draws every number from a key", () => {
    expect(randomness(packages)).toEqual([]);
  });

  it("names no family where all are served", () => {
    expect(familyNames(packages)).toEqual([]);
  });

  it("has manifests without TensorFlow.js behind them", () => {
    expect(manifests(packages)).toEqual([]);
  });
});
