import { readHeader, type Call } from './http.ts';
import { chooseLanguage } from './messages.ts';

/** The language that whoever calls asks for, of those that Stet speaks; else `standard`. */
export function readLanguage(call: Call, standard: string): string {
  return chooseLanguage(readHeader(call, 'accept-language'), standard);
}
