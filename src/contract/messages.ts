import ar from './messages/ar.json' with { type: 'json' };
import ckb from './messages/ckb.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import fa from './messages/fa.json' with { type: 'json' };
import kmr from './messages/kmr.json' with { type: 'json' };
import tr from './messages/tr.json' with { type: 'json' };
import type { Refusal } from './refusals.ts';

export type MessageKey = keyof typeof en;

const catalogues: Record<string, Record<MessageKey, string>> = { en, ckb, ar, kmr, fa, tr };

/** The languages of the interface, each complete: a test compares every catalogue with the English one. */
export const interfaceLanguages: readonly string[] = Object.keys(catalogues);

/** The sentence for a key in a language (English where Stet does not speak it), with `{name}` places filled in. Plain
 *  text: whoever puts it into a page escapes it. */
export function translate(language: string, key: MessageKey, values: Record<string, string | number> = {}): string {
  const catalogue = catalogues[language] ?? catalogues[language.split('-')[0] ?? ''] ?? en;
  return (catalogue[key] ?? en[key]).replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The sentence for a refusal. */
export function explainRefusal(language: string, { reason, field = '', values }: Refusal): string {
  return translate(language, `refusal.${reason}`, { field, ...values });
}

/** The first of the languages that Stet speaks, or English. `ckb-IQ` is spoken where `ckb` is. */
export function chooseInterface(...languages: readonly (string | undefined)[]): string {
  for (const language of languages) {
    const found = interfaceLanguages.find((spoken) => spoken === language || language?.startsWith(`${spoken}-`));
    if (found) return found;
  }
  return 'en';
}

/** The interface language that a reader's Accept-Language names first, or `standard`. */
export function chooseLanguage(acceptLanguage: string | undefined, standard: string): string {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';');
      return { tag: tag.toLowerCase(), quality: Number(quality.trim().slice(2)) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const found = interfaceLanguages.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found) return found;
  }
  return standard;
}
