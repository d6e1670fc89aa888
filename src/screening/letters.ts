import type { KnownLanguage } from './types.ts';

/** Letters that tell languages apart, with what each occurrence speaks for or
 *  against a language; `und` speaks for a language screening does not know.
 *  The weights are log-odds by rule of thumb, checked against `language.test.ts`. */
export type LetterClass = {
  letters: string;
  weights: Partial<Record<KnownLanguage | 'und', number>>;
};

export const letterClassList: readonly LetterClass[] = [
  { letters: 'ğĞıİ', weights: { tr: 4, und: 0.5 } },
  { letters: 'şŞ', weights: { tr: 2.2, kmr: 2, und: 0.3 } },
  { letters: 'çÇ', weights: { tr: 1, kmr: 1, fr: 0.7, pt: 0.8 } },
  { letters: 'öÖüÜ', weights: { tr: 1.2, de: 1.4, und: 0.3, nl: 0.1, es: 0.1, kmr: -2 } },
  { letters: 'äÄßẞ', weights: { de: 3, und: 0.8 } },
  { letters: 'êÊîÎûÛ', weights: { kmr: 2.5, fr: 0.8, pt: 0.4, tr: -0.5 } },
  { letters: 'ñÑ¿¡', weights: { es: 4 } },
  { letters: 'ãÃõÕ', weights: { pt: 4, und: 0.3 } },
  { letters: 'ąĄęĘłŁśŚźŹżŻćĆńŃ', weights: { pl: 4 } },
  { letters: 'óÓ', weights: { pl: 1, es: 1, pt: 0.7, und: 0.3 } },
  { letters: 'áÁíÍúÚ', weights: { es: 1, pt: 0.8, und: 0.5 } },
  { letters: 'éÉ', weights: { fr: 1, es: 0.8, pt: 0.6, it: 0.2, nl: 0.2, und: 0.3 } },
  { letters: 'èÈàÀùÙ', weights: { fr: 1.2, it: 1.2, pt: 0.2 } },
  { letters: 'ìÌòÒ', weights: { it: 3 } },
  { letters: 'ëËïÏ', weights: { nl: 0.8, fr: 0.4 } },
  { letters: 'œŒ', weights: { fr: 3 } },
  { letters: 'âÂôÔ', weights: { fr: 0.8, pt: 0.8, tr: 0.2 } },
  { letters: 'åÅøØæÆðÐþÞőŐűŰəƏ', weights: { und: 4 } },
  { letters: 'čČřŘěĚůŮďťňăĂțȚșȘţŢāēīūģķļņėįųžŽšŠđĐơƠưƯ', weights: { und: 3 } },
  { letters: 'پچگژ', weights: { fa: 1.2, ckb: 1, ar: -3, und: 0.5 } },
  { letters: 'ەێۆڕڵڤ', weights: { ckb: 4, fa: -4, ar: -4, und: 0.5 } },
  { letters: 'ةإأ', weights: { ar: 2.5, fa: -1, ckb: -3 } },
  { letters: 'يك', weights: { ar: 1, fa: 0.1, ckb: 0.1 } },
  { letters: 'یک', weights: { fa: 1.2, ckb: 1.1, ar: -1.5, und: 0.6 } },
  { letters: 'ى', weights: { ar: 0.7, ckb: 0.2 } },
  { letters: 'ذضظثصط', weights: { ar: 0.6, fa: 0.2, ckb: -2.5, und: 0.2 } },
  { letters: 'ئ', weights: { ckb: 1, ar: 0.2 } },
  { letters: 'ھ', weights: { ckb: 0.8, und: 0.8 } },
  { letters: '\u200c', weights: { fa: 0.6, ckb: 0.4, ar: -0.5 } },
  { letters: 'ٹڈڑںےښځڅړېږټډڼۇۈۋ', weights: { und: 5 } },
  { letters: 'ыэёъЫЭЁЪ', weights: { ru: 1 } },
  { letters: 'іїєґўјљњћђџәөүқғңһұІЇЄҐЎЈЉЊЋЂЏӘӨҮҚҒҢҺҰ', weights: { und: 4 } },
  { letters: 'ळ', weights: { und: 3 } },
];

/** Class number by UTF-16 unit, 0 for letters that tell nothing. */
export const letterClasses = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  letterClassList.forEach(({ letters }, i) => {
    for (const letter of letters) table[letter.charCodeAt(0)] = i + 1;
  });
  return table;
}
