import type { SamplingProtocol } from "@gen/core";

/** A getter or method of a model as its class has it, whatever stands in its place on the model. */
export function original<T>(model: object, member: string): T {
  const value: unknown = Reflect.get(Object.getPrototypeOf(model) as object, member, model);
  return (typeof value === "function" ? value.bind(model) : value) as T;
}

/** A protocol with some of its parts replaced. */
export const withProtocol =
  (change: (protocol: SamplingProtocol) => Partial<SamplingProtocol>) =>
  (model: object): object => ({
    get protocol(): SamplingProtocol {
      const protocol = original<SamplingProtocol>(model, "protocol");
      return { ...protocol, ...change(protocol) };
    },
  });
