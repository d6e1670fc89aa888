import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readModel } from './file.ts';
import { type Model, createModel } from './model.ts';

const shipped = new URL('weights.bin', import.meta.url);

let loaded: Model | undefined;

/** The model in use: the shipped one, read once, unless `loadModel` was told another file. Throws an Error with one plain
 *  sentence when its file is missing or damaged: what screens must not go on as if nothing had been found. */
export function shippedModel(): Model {
  loaded ??= open(shipped);
  return loaded;
}

/** Reads the model now, from this file or else the shipped one, and screens with it from then on. Returns its name. Throws
 *  an Error with one plain sentence when the file is missing or damaged; the model in use before then stays in use. */
export function loadModel(file?: string): string {
  loaded = open(file ?? shipped);
  return loaded.name;
}

/** Where the shipped model's file stands. */
export function shippedModelFile(): string {
  return fileURLToPath(shipped);
}

function open(file: URL | string): Model {
  return createModel(readModel(readBytes(file)));
}

function readBytes(file: URL | string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`the model file cannot be read (${code})`, { cause: error });
  }
}
