import path from 'node:path';
import { SettingsProblem } from '../config/settings.ts';
import { loadModel, shippedModelFile } from '../screening/index.ts';
import { readGivenModel } from './environment.ts';

/** Reads the model that this process screens with: what STET_MODEL names, or the shipped one. Returns its name. Throws a
 *  SettingsProblem that names the mend when the file is missing, damaged or made for another version. */
export function openModel(): string {
  const given = readGivenModel();
  try {
    return loadModel(given);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const file = given ?? shippedModelFile();
    throw new SettingsProblem(`There is nothing to screen comments with: ${what} (${file}). ${mendFor(given)}`);
  }
}

function mendFor(given: string | undefined): string {
  if (given !== undefined)
    return 'Let STET_MODEL name a model file of this version, or unset it to use the shipped one.';
  const inCheckout = path.relative(path.join(import.meta.dirname, '..', '..'), shippedModelFile());
  return `Bring it back with \`git checkout -- ${inCheckout}\`, or install this version again.`;
}
