import type { Tensor } from "@tensorflow/tfjs-core";
import { clone, dispose, engine, keep, tidy } from "../../backend/engine.js";
import type { Compiler } from "../../training/types.js";

type Run = ReturnType<typeof engine>["runKernel"];
type Kernel = Parameters<Run>;
interface Call {
  readonly kernel: Kernel[0];
  readonly attributes: Kernel[2];
  readonly inputs: Readonly<Record<string, number | readonly number[]>>;
  readonly outputs: readonly number[];
}

/**
 * A compiler for tests: notes the kernels that a function runs, once, and runs them again on other inputs. What the
 * function computed in JavaScript, such as a number drawn past its inputs, stays as it was: just what compiling does.
 * The list of inputs may grow while the function runs.
 */
export const kernelCompiler: Compiler = {
  isSynchronous: true,
  compile(f, inputs) {
    const calls: Call[] = [];
    const constants = new Map<number, Tensor>();
    const late: number[] = [];
    const known = new Set(inputs.map(({ id }) => id));
    const note = (tensor: Tensor): number => {
      // What neither was given nor computed is a constant of the function.
      if (!known.has(tensor.id) && !constants.has(tensor.id))
        constants.set(tensor.id, keep(original(tensor)));
      return tensor.id;
    };
    const runKernel: Run = engine().runKernel.bind(engine());
    const original = (tensor: Tensor): Tensor => runKernel<Tensor>("Identity", { x: tensor });
    let results: readonly number[] = [];
    engine().runKernel = <T extends Tensor | Tensor[]>(...[kernel, given, attributes]: Kernel): T => {
      const noted = Object.entries(given as Record<string, Tensor | Tensor[] | undefined>).flatMap(
        ([name, value]) =>
          value === undefined ? [] : [[name, Array.isArray(value) ? value.map(note) : note(value)] as const],
      );
      const made = runKernel<T>(kernel, given, attributes);
      const outputs: Tensor[] = [made].flat();
      for (const { id } of outputs) known.add(id);
      calls.push({
        kernel,
        attributes,
        inputs: Object.fromEntries(noted),
        outputs: outputs.map(({ id }) => id),
      });
      return made;
    };
    try {
      tidy(() => {
        const declare = (tensor: Tensor): void => {
          known.add(tensor.id);
          late.push(tensor.id);
        };
        results = f(inputs, declare).map(note);
      });
    } finally {
      Reflect.deleteProperty(engine(), "runKernel");
    }
    return {
      run(fresh) {
        return tidy(() => {
          const values = new Map<number, Tensor>(constants);
          const ids = [...inputs.map(({ id }) => id), ...late];
          ids.forEach((id, i) => values.set(id, fresh[i]!));
          const get = (id: number): Tensor => values.get(id)!;
          for (const { kernel, attributes, inputs: named, outputs } of calls) {
            const given = Object.entries(named).map(([name, id]) => [
              name,
              typeof id === "number" ? get(id) : id.map(get),
            ]);
            const made: Tensor | Tensor[] = engine().runKernel(
              kernel,
              Object.fromEntries(given) as Kernel[1],
              attributes,
            );
            [made].flat().forEach((tensor, i) => values.set(outputs[i]!, tensor));
          }
          return results.map((id) => clone(get(id)));
        });
      },
      [Symbol.dispose]() {
        dispose([...constants.values()]);
      },
    };
  },
};
