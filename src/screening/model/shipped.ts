import { readFileSync } from 'node:fs';
import { readModel } from './file.ts';
import { type Model, createModel } from './model.ts';

const file = new URL('weights.bin', import.meta.url);

let loaded: Model | undefined;

/** The model that is shipped, read once. Throws an Error with one plain sentence when its file is missing or damaged: what
 *  screens must not go on as if nothing had been found. */
export function shippedModel(): Model {
  loaded ??= createModel(readModel(readBytes()));
  return loaded;
}

function readBytes(): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`the model file ${file.pathname} cannot be read (${code})`, { cause: error });
  }
}
