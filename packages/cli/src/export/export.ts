import { basename, dirname, join, resolve } from "node:path";
import type * as onnxBackend from "@gen/backend-onnx";
import type { AnyInstance, TensorFunction } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { InputError } from "@gen/core/manifest";
import type { Flags } from "../arguments/flags.js";
import { integer } from "../arguments/integer.js";
import { openModel } from "../files/model.js";
import { checkWritable } from "../files/paths.js";
import { writeBeside } from "../files/write-beside.js";
import { line, type Io } from "../io.js";

type Exporter = typeof onnxBackend;

interface Written {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** `gen export`: each function of a model as a file of its own. */
export async function exportModel(flags: Flags, io: Io): Promise<void> {
  const format = flags.text("to") ?? "onnx";
  if (format !== "onnx") throw new InputError(`--to must be onnx, but is "${format}".`);
  const count = integer(flags, "count", { default: 1, minimum: 1, maximum: 1_000_000 });
  const path = flags.positionals[0]!;
  const folder = flags.text("out") ?? dirname(path);
  const stem = join(folder, basename(path).replace(/\.safetensors$/, ""));
  await checkWritable(resolve(io.cwd, stem), folder);
  const onnx = await exporter();
  await useBackend("onnx");
  using model = await openModel(path, io);
  const functions = Object.entries(model.inner.functions ?? {});
  if (functions.length === 0)
    throw new InputError(`The models of ${model.plugin.manifest.id} have no function that can be exported.`);
  const written: Written[] = [];
  for (const [name, f] of functions) {
    const contents = onnxFile(onnx, f, count, notes(model, name));
    const to = `${stem}.${name}.onnx`;
    await writeBeside(resolve(io.cwd, to), contents);
    const inputs = Object.entries(f.inputs).map(([input, each]) =>
      shown(input, [count, ...each.shape], each.dtype),
    );
    written.push({ file: to, inputs, outputs: f.outputs });
    line(io.stderr, `Wrote ${to}: ${inputs.join(", ")} → ${f.outputs.join(", ")}.`);
  }
  line(
    io.stderr,
    'Values are those that the model works with; how data become these is noted in each file, under "encoding".',
  );
  if (flags.has("json")) line(io.stdout, JSON.stringify({ files: written }));
}

const shown = (name: string, shape: readonly number[], dtype: string): string =>
  `${name} ${dtype} [${shape.join(", ")}]`;

async function exporter(): Promise<Exporter> {
  try {
    return await import("@gen/backend-onnx");
  } catch (cause) {
    throw new InputError(
      "Exporting needs @gen/backend-onnx: npm install @gen/backend-onnx onnxruntime-node.",
      { cause },
    );
  }
}

function onnxFile(
  { exportOnnx }: Exporter,
  f: TensorFunction,
  count: number,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const inputs = Object.entries(f.inputs).map(([name, { shape, dtype }]) => ({
    name,
    shape: [count, ...shape],
    dtype,
  }));
  const call = (tensors: Parameters<Parameters<typeof exportOnnx>[0]>[0]) => {
    const results = f.call(Object.fromEntries(inputs.map(({ name }, i) => [name, tensors[i]!])));
    return f.outputs.map((name) => results[name]!);
  };
  return exportOnnx(call, { inputs, outputs: f.outputs, metadata });
}

/** What the file's reader needs to know: whose function it is, and how data become the model's. */
const notes = ({ plugin, encoding }: AnyInstance, name: string): Record<string, string> => ({
  plugin: plugin.manifest.id,
  version: plugin.manifest.version,
  function: name,
  encoding: JSON.stringify(encoding.toJSON()),
});
