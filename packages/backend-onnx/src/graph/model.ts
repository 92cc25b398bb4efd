import type { Graph } from "./graph.js";
import { Message } from "./protobuf.js";
import { dataTypes, type Attribute, type Node, type Numbers, type Value } from "./types.js";

/** Opset 20 belongs to version 9 of the intermediate representation (ONNX versioning). */
const intermediateVersion = 9;
const operatorSet = 20;

export interface ModelOptions {
  /** Names of the outputs; otherwise out0, out1, … */
  readonly names?: readonly string[];
  /** Notes in the file, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Field numbers are those of onnx.proto (ONNX, "Open Neural Network Exchange: intermediate representation"). */
export function writeModel(
  graph: Graph,
  outputs: readonly Value[],
  { names, metadata = {} }: ModelOptions = {},
): Uint8Array {
  const whole = outputs.map((output) => graph.whole(output));
  const kept = needed(graph, whole);
  const own = new Map<Value, string>();
  const copies: Node[] = [];
  const named = whole.map((value, i): Value => {
    const output: Value = { name: names?.[i] ?? `out${i}`, shape: value.shape, dtype: value.dtype };
    // A node's output takes the name itself; inputs, constants and what is given twice are copied.
    if (value.node && !own.has(value)) own.set(value, output.name);
    else
      copies.push({ operator: "Identity", domain: "", inputs: [value], outputs: [output], attributes: {} });
    return output;
  });
  const nameOf = (value: Value): string => own.get(value) ?? value.name;
  const nodes = [...kept, ...copies];
  const body = new Message();
  const constants = new Set<Value>();
  for (const node of nodes) {
    body.message(1, writeNode(node, nameOf));
    for (const input of node.inputs) if (input?.data) constants.add(input);
  }
  body.text(2, "graph");
  for (const constant of constants) body.message(5, writeConstant(constant));
  for (const input of graph.inputs) body.message(11, writeType(input));
  for (const output of named) body.message(12, writeType(output));
  const model = new Message().integer(1, intermediateVersion).text(2, "backend-onnx").message(7, body);
  model.message(8, new Message().text(1, "").integer(2, operatorSet));
  for (const domain of new Set(nodes.map((node) => node.domain)))
    if (domain !== "") model.message(8, new Message().text(1, domain).integer(2, 1));
  for (const [key, value] of Object.entries(metadata))
    model.message(14, new Message().text(1, key).text(2, value));
  return model.finish();
}

/** The nodes that the outputs depend on, in the order in which they were made. */
function needed(graph: Graph, outputs: readonly Value[]): Node[] {
  const marked = new Set<Node>();
  const open = outputs.flatMap((output) => (output.node ? [output.node] : []));
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (marked.has(node)) continue;
    marked.add(node);
    for (const input of node.inputs) if (input?.node) open.push(input.node);
  }
  return graph.nodes.filter((node) => marked.has(node));
}

function writeNode(node: Node, nameOf: (value: Value) => string): Message {
  const message = new Message();
  for (const input of node.inputs) message.text(1, input ? nameOf(input) : "");
  for (const output of node.outputs) message.text(2, nameOf(output));
  message.text(4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes))
    message.message(5, writeAttribute(name, attribute));
  return node.domain === "" ? message : message.text(7, node.domain);
}

function writeAttribute(name: string, attribute: Attribute): Message {
  const message = new Message().text(1, name);
  if ("float" in attribute) return message.float(2, attribute.float).integer(20, 1);
  if ("int" in attribute) return message.integer(3, attribute.int).integer(20, 2);
  if ("text" in attribute) return message.text(4, attribute.text).integer(20, 3);
  for (const value of attribute.ints) message.integer(8, value);
  return message.integer(20, 7);
}

function writeConstant({ name, shape, dtype, data }: Value): Message {
  const message = new Message();
  for (const axis of shape) message.integer(1, axis);
  return message.integer(2, dataTypes[dtype]).text(8, name).raw(9, bytesOf(data!));
}

const bytesOf = (data: Numbers): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

function writeType({ name, shape, dtype }: Value): Message {
  const dimensions = new Message();
  for (const axis of shape) dimensions.message(1, new Message().integer(1, axis));
  const tensor = new Message().integer(1, dataTypes[dtype]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
