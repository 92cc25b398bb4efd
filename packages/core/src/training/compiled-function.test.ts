import { variable, type Tensor } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { add, engine, makeTensor, mul, scalar, tidy } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak } from "../capabilities/testing/fakes.js";
import { CompiledFunction } from "./compiled-function.js";
import { Graphs } from "./graphs.js";
import type { Compiler } from "./types.js";

beforeAll(() => useBackend("cpu"));
afterEach(() => {
  for (const name of ["compile", "isSynchronous"]) Reflect.deleteProperty(engine().backend, name);
});

/** Makes the back end in use compile, and counts the graphs that it made and that are still there. */
function compiling(refusal?: string, isSynchronous = true): { made: number; alive: number } {
  const counts = { made: 0, alive: 0 };
  const compile: Compiler["compile"] = (f) => {
    if (refusal !== undefined) throw Object.assign(new Error("no"), { name: refusal });
    counts.made++;
    counts.alive++;
    return {
      run: (inputs) => [...f(inputs, () => {})],
      [Symbol.dispose]() {
        counts.alive--;
      },
    };
  };
  const offered: Compiler = { compile, isSynchronous };
  for (const [name, value] of Object.entries(offered))
    Object.defineProperty(engine().backend, name, { value, configurable: true });
  return counts;
}

const tripled = () => new CompiledFunction(([x]) => [mul(x!, 3)]);
const asked = (f: CompiledFunction, values: readonly number[]): number[] =>
  tidy(() => [...f.call([makeTensor([...values])])[0]!.dataSync()]);

test("runs as it stands where nothing compiles", async () => {
  await expectNoLeak(() => {
    using f = tripled();
    expect(asked(f, [1, 2])).toEqual([3, 6]);
  });
});

test("makes one graph for each shape, forgets the oldest of many, and frees all", async () => {
  await expectNoLeak(() => {
    const counts = compiling();
    {
      using f = tripled();
      for (const values of [[1], [2], [1, 2], [3, 4]]) asked(f, values);
      expect(counts).toEqual({ made: 2, alive: 2 });
      for (const length of [3, 4, 5, 6]) asked(f, new Array<number>(length).fill(1));
      expect(counts).toEqual({ made: 6, alive: 4 });
    }
    expect(counts.alive).toBe(0);
  });
});

test("runs as it stands where compiled functions answer later", () => {
  const counts = compiling(undefined, false);
  using f = tripled();
  expect(asked(f, [1, 2])).toEqual([3, 6]);
  expect(counts.made).toBe(0);
});

test.each(["CompileError", "ReadError", "RecordingError"])(
  "runs as it stands when the compiler refuses by a %s",
  (refusal) => {
    compiling(refusal);
    using f = tripled();
    expect(asked(f, [1, 2])).toEqual([3, 6]);
  },
);

test("keeps the graphs of other shapes when it can't make one", () => {
  const counts = compiling();
  using f = tripled();
  asked(f, [1]);
  compiling("CompileError");
  const get = vi.spyOn(Graphs.prototype, "get");
  expect(asked(f, [1, 2])).toEqual([3, 6]);
  expect(asked(f, [2])).toEqual([6]);
  expect(get.mock.results.map(({ value }) => value !== undefined)).toEqual([false, true]);
  get.mockRestore();
  expect(counts).toEqual({ made: 1, alive: 1 });
});

test("other errors of compiling are errors", () => {
  compiling("TypeError");
  using f = tripled();
  expect(() => asked(f, [1, 2])).toThrow("no");
});

test("reads variables anew on the native back end", async () => {
  await useBackend("onnx");
  const weight = variable(scalar(2));
  const compiled: Tensor[] = [];
  using f = new CompiledFunction(([x]) => {
    compiled.push(x!);
    return [add(mul(x!, weight), 1)];
  });
  expect(asked(f, [1, 2])).toEqual([3, 5]);
  const other = scalar(10);
  weight.assign(other);
  expect(asked(f, [3, 4])).toEqual([31, 41]);
  expect(compiled).toHaveLength(1);
  other.dispose();
  weight.dispose();
  await useBackend("cpu");
});
