import { keep, recall } from './memory.ts';

const kept = 'stet.reader';

/** The number by which this browser's reactions are known again where no cookie can be given to it; made with the first one.
 *  Where nothing can be kept each is a browser of its own, and the newsroom's limits for a network hold. */
export function nameReader(): string {
  const known = recall('localStorage', kept);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  keep('localStorage', kept, made);
  return made;
}
