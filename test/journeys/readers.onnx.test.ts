import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openOnnxReader } from '../../src/readers/onnx/onnxReader.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writeOnnxFolder, type SmallGraph } from '../support/onnxGraph.ts';
import { prepareReading, type Reading } from '../support/reading.ts';

const runtime = await import('onnxruntime-node').catch(() => undefined);
const skip = runtime ? false : 'onnxruntime-node is not installed here';

const vocabulary = ['[UNK]', '[CLS]', '[SEP]', 'fine', 'bad'];
// A logit for `attack` and one for nothing: three tokens of `[CLS] bad [SEP]` have a mean of 4.
const embedding = [
  [0, 0],
  [0, 0],
  [0, 0],
  [-12, 0],
  [12, 0],
];
const graph: SmallGraph = { embedding, bias: [0, 0] };
const config = { name: 'small of the tests', labels: ['attack', null], activation: 'sigmoid', lowerCase: true };

const { folder, remove } = temporaryFolder();
let reading: Reading;

before(async () => {
  reading = await prepareReading();
});
beforeEach(() => rmSync(path.join(folder, 'made'), { recursive: true, force: true }));
after(async () => {
  await reading.remove();
  remove();
});

function make(more: { graph?: SmallGraph; config?: object } = {}): string {
  const { graph: made = graph, config: written = config } = more;
  return writeOnnxFolder(path.join(folder, 'made'), { graph: made, vocabulary, config: written });
}

async function sentenceOf(place: string): Promise<string> {
  const opened = await openOnnxReader(place);
  return opened.outcome === 'absent' ? opened.sentence : '';
}

test('without the runtime a sentence says how to get it, and the comment waits', async () => {
  const opened = await openOnnxReader(make(), () => Promise.reject(new Error('Cannot find package')));
  assert.equal(opened.outcome, 'absent');
  assert.match(opened.outcome === 'absent' ? opened.sentence : '', /onnxruntime-node is not installed.*npm ci/);
});

describe('a folder', { skip }, () => {
  test('that is missing, or holds no such classifier, is told in a sentence that names the part', async () => {
    assert.match(await sentenceOf(path.join(folder, 'nowhere')), /a file of the folder is missing/);
    assert.match(await sentenceOf(make({ config: { ...config, labels: [] } })), /"labels"/);
    assert.match(await sentenceOf(make({ config: { ...config, inputs: { ids: 'words' } } })), /asks for "input_ids"/);
    assert.match(await sentenceOf(make({ config: { ...config, inputs: { mask: 'mask' } } })), /has no input "mask"/);
    assert.match(await sentenceOf(make({ config: { ...config, output: 'scores' } })), /has no output "scores"/);
    const place = make();
    writeFileSync(path.join(place, 'model.onnx'), 'not a graph');
    assert.match(await sentenceOf(place), /model\.onnx cannot be opened/);
    writeFileSync(path.join(make(), 'vocab.txt'), 'a\nb\n');
    assert.match(await sentenceOf(place), /vocab\.txt has no line \[UNK\]/);
  });

  test('that cannot be opened is one line of the log, and comments wait without it', async () => {
    const id = await reading.hold('bad');
    const readers = await reading.start({ onnxFolder: path.join(folder, 'nowhere') });
    await readers.settled();
    await readers.close();
    assert.equal(
      reading.lines.filter((line) => line.startsWith('second reader onnx: STET_READER_ONNX names')).length,
      1,
    );
    const { state, readings } = await reading.row(id);
    assert.deepEqual({ state, readings }, { state: 'held', readings: [] });
  });
});

describe('a graph that the project wrote itself', { skip }, () => {
  async function read(text: string, more: Parameters<typeof make>[0] = {}, lang = 'en') {
    const id = await reading.hold(text, {}, { lang });
    const readers = await reading.start({ onnxFolder: make(more) });
    await readers.settled();
    await readers.close();
    return reading.row(id);
  }

  test('reads comments: the column of a guideline is its score, and the comment stays held', async () => {
    const row = await read('bad');
    assert.deepEqual(row.readings, [{ reader: 'onnx', scores: { attack: 0.982 }, reason: null, shift: 0.193 }]);
    assert.deepEqual([row.state, row.published, row.version], ['held', 0, 1]);
    assert.equal((await read('fine')).readings[0]?.scores['attack'], 0.018);
    assert.equal((await read('Fine, BAD!')).readings[0]?.scores['attack'], 0.5);
  });

  test('may ask for a mask and be a softmax', async () => {
    const masked = { ...config, activation: 'softmax', inputs: { mask: 'attention_mask' } };
    const row = await read('bad', { graph: { ...graph, withMask: true }, config: masked });
    assert.equal(row.readings[0]?.scores['attack'], 0.982);
  });

  test('that gives another number of columns than it has labels, or no numbers, fails, and the comment waits', async () => {
    const wide = await read('bad', { config: { ...config, labels: ['attack', null, null] } });
    assert.deepEqual([wide.readings, wide.turn?.failure, wide.state], [[], 'output_shape', 'held']);
    const broken = await read('bad', { graph: { embedding, bias: [Number.NaN, 0] } });
    assert.deepEqual([broken.readings, broken.turn?.failure, broken.state], [[], 'output_numbers', 'held']);
  });

  test('is asked about the languages that it names, and about guidelines that the site has', async () => {
    assert.deepEqual((await read('bad', { config: { ...config, languages: ['tr'] } })).readings, []);
    assert.equal((await read('bad', { config: { ...config, languages: ['ckb'] } }, 'ckb')).readings.length, 1);
    assert.deepEqual((await read('bad', { config: { ...config, labels: ['sexism', null] } })).readings, []);
  });

  test('reads the longest text, cut after its tokens', async () => {
    assert.equal((await read('bad '.repeat(1000))).readings[0]?.scores['attack'], 1);
  });
});
