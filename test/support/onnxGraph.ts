import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A text classifier as small as there is: each token has a number for each label, and a text has the mean of its tokens'
 *  (`logits = mean(embedding[ids]) · weights + bias`). The bytes are written here, so that no binary of others is in the
 *  tree: https://onnx.ai/onnx/repo-docs/IR.html, onnx.proto3. */
export type SmallGraph = { embedding: readonly (readonly number[])[]; bias: readonly number[]; withMask?: boolean };

/** The graph as an ONNX file: input `input_ids` int64 [1, n] (and `attention_mask`, unused but declared), output `logits`
 *  float [1, labels]. */
export function writeGraph({ embedding, bias, withMask = false }: SmallGraph): Buffer {
  const labels = bias.length;
  const unit = bias.map((_, row) => bias.map((_unused, column) => Number(row === column)));
  const graph = message([
    [1, node('Gather', ['embedding', 'input_ids'], 'rows', [integer('axis', 0)])],
    [1, node('ReduceMean', ['rows'], 'mean', [integers('axes', [1]), integer('keepdims', 0)])],
    [1, node('MatMul', ['mean', 'weights'], 'product', [])],
    [1, node('Add', ['product', 'bias'], 'logits', [])],
    [2, text('stet_small')],
    [5, tensor('embedding', [embedding.length, labels], embedding.flat())],
    [5, tensor('weights', [labels, labels], unit.flat())],
    [5, tensor('bias', [labels], bias)],
    [11, valueInfo('input_ids', int64, [1, 'n'])],
    ...(withMask ? [[11, valueInfo('attention_mask', int64, [1, 'n'])] as const] : []),
    [12, valueInfo('logits', float, [1, labels])],
  ]);
  // IR version 7, operators as of version 13.
  return message([
    [1, 7],
    [2, text('stet')],
    [7, graph],
    [
      8,
      message([
        [1, text('')],
        [2, 13],
      ]),
    ],
  ]);
}

/** A folder with the graph, its vocabulary (a line for each row of the embedding) and its config. */
export function writeOnnxFolder(
  folder: string,
  { graph, vocabulary, config }: { graph: SmallGraph; vocabulary: readonly string[]; config: object },
): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'model.onnx'), writeGraph(graph));
  writeFileSync(path.join(folder, 'vocab.txt'), `${vocabulary.join('\n')}\n`);
  writeFileSync(path.join(folder, 'stet.json'), JSON.stringify(config));
  return folder;
}

const float = 1;
const int64 = 7;

type Field = readonly [number, number | Buffer];

// Protocol Buffers: a number is a varint (wire type 0), everything else has its length before it (wire type 2).
function message(fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) =>
      typeof value === 'number'
        ? [varint(number << 3), varint(value)]
        : [varint((number << 3) | 2), varint(value.length), value],
    ),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

function text(value: string): Buffer {
  return Buffer.from(value);
}

function node(operator: string, inputs: readonly string[], output: string, attributes: readonly Buffer[]): Buffer {
  return message([
    ...inputs.map((input): Field => [1, text(input)]),
    [2, text(output)],
    [3, text(output)],
    [4, text(operator)],
    ...attributes.map((attribute): Field => [5, attribute]),
  ]);
}

// Attribute types: 2 is one integer, 7 a list of them.
function integer(name: string, value: number): Buffer {
  return message([
    [1, text(name)],
    [3, value],
    [20, 2],
  ]);
}

function integers(name: string, values: readonly number[]): Buffer {
  return message([[1, text(name)], ...values.map((value): Field => [8, value]), [20, 7]]);
}

function tensor(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return message([...dims.map((dim): Field => [1, dim]), [2, float], [8, text(name)], [9, raw]]);
}

function valueInfo(name: string, type: number, dims: readonly (number | string)[]): Buffer {
  const shape = message(dims.map((dim): Field => [1, message([typeof dim === 'number' ? [1, dim] : [2, text(dim)]])]));
  return message([
    [1, text(name)],
    [
      2,
      message([
        [
          1,
          message([
            [1, type],
            [2, shape],
          ]),
        ],
      ]),
    ],
  ]);
}
