import { knownLanguages } from '../screening/index.ts';

// The script that the engine reads each language in; a tag that asks for another is one it does not know (hi-Latn).
const scripts: Readonly<Record<string, string>> = { ar: 'arab', fa: 'arab', ckb: 'arab', ru: 'cyrl', hi: 'deva' };
const known: ReadonlySet<string> = new Set(knownLanguages);

/** The engine's language for a tag as a client wrote it (`ckb-IQ`, `pt_BR`, `EN`); undefined for one that the engine does
 *  not read. `ku` alone is handed on: the engine tells Sorani from Kurmanji by the script. Pure. */
export function readLanguageTag(tag: string): string | undefined {
  const [primary = '', ...rest] = tag.trim().toLowerCase().split(/[-_]/);
  const script = rest.find((part) => /^[a-z]{4}$/.test(part));
  if (primary === 'ku') return script === undefined ? 'ku' : { arab: 'ckb', latn: 'kmr' }[script];
  if (!known.has(primary)) return undefined;
  return script === undefined || script === (scripts[primary] ?? 'latn') ? primary : undefined;
}
