import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { screen } from '../screen.ts';
import { readModel, writeModel } from './file.ts';
import { loadModel, shippedModelFile } from './shipped.ts';

const shipped = new Uint8Array(readFileSync(shippedModelFile()));
const headBytes = 16;

function changed(at: number, change: (byte: number) => number): Uint8Array {
  const copy = shipped.slice();
  copy[at] = change(copy[at] as number);
  return copy;
}

/** The shipped model with another head, and a checksum that fits. */
function withHead(head: unknown): Uint8Array {
  const file = readModel(shipped);
  return writeModel({ ...file, head: Object.assign({ ...file.head }, { toJSON: () => head }) });
}

describe('a model file', () => {
  for (const length of [0, 15, headBytes, 4096, shipped.length - 8, shipped.length - 1]) {
    test(`that was cut off after ${length} bytes is refused`, () => {
      assert.throws(() => readModel(shipped.slice(0, length)), /cut off/);
    });
  }

  test('is refused for one flipped bit, wherever it stands', () => {
    for (const at of [headBytes, headBytes + 7, 5000, shipped.length >> 1, shipped.length - 1]) {
      assert.throws(() => readModel(changed(at, (byte) => byte ^ 1)), /damaged/, String(at));
    }
  });

  test('is refused where its checksum or the length of its head was changed', () => {
    for (const at of [4, 8, 11]) assert.throws(() => readModel(changed(at, (byte) => byte ^ 0x80)), Error, String(at));
  });

  test('is refused when it is another kind of file', () => {
    assert.throws(() => readModel(changed(0, () => 0)), /no model of Stet/);
    assert.throws(() => readModel(new TextEncoder().encode('<!doctype html><title>404</title>')), /no model of Stet/);
  });

  test('is refused in another format, and says which', () => {
    const { head } = readModel(shipped);
    assert.throws(() => readModel(withHead({ ...head, format: 3 })), /has format 3, this version reads format 2/);
  });

  test('is refused when its head is no JSON, or no head', () => {
    const file = withHead(null);
    assert.throws(() => readModel(file), /its head cannot be read/);
    assert.throws(() => readModel(withHead('STET')), /its head cannot be read/);
    assert.throws(() => readModel(withHead({ format: 2 })), /its head does not fit its tables/);
    const { insults, ...rest } = readModel(shipped).head;
    assert.ok(insults.length > 0);
    assert.throws(() => readModel(withHead(rest)), /its head does not fit its tables/);
    for (const head of [[], 7]) assert.throws(() => readModel(withHead(head)), /head cannot be read|format undefined/);
  });
});

describe('loading a model', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stet-model-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('says in one sentence that there is no file, and keeps the model in use', () => {
    assert.throws(() => loadModel(path.join(folder, 'none.bin')), {
      message: 'the model file cannot be read (ENOENT)',
    });
    assert.throws(() => loadModel(folder), { message: 'the model file cannot be read (EISDIR)' });
    const damaged = path.join(folder, 'damaged.bin');
    writeFileSync(
      damaged,
      changed(5000, (byte) => byte ^ 4),
    );
    assert.throws(() => loadModel(damaged), /damaged/);
    assert.ok((screen({ text: 'You are a stupid idiot', lang: 'en' }).scores.attack ?? 0) > 0.5);
  });

  test('takes a whole copy', () => {
    const copy = path.join(folder, 'copy.bin');
    writeFileSync(copy, shipped);
    assert.equal(loadModel(copy), loadModel());
  });
});
