/** How a text is cut into the tokens of a BERT-like vocabulary. */
export type WordPieceSettings = {
  vocabulary: ReadonlyMap<string, number>;
  /** Whether letters lose case and accents first, as the vocabulary's own model was taught. */
  lowerCase: boolean;
  /** The most numbers returned; a longer text is cut after them. At least 3. */
  tokens: number;
};

// A longer word is unknown, as in the original; it also bounds the work for each word.
const longestWord = 100;

const ideograph = /\p{Script=Han}/u;
const mark = /\p{Mn}/gu;
// As the original: whatever of ASCII is no letter, digit or space, and the punctuation of everywhere.
const punctuation = /[!-/:-@[-`{-~\p{P}]/u;
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\ufffd]/u;

/** The numbers of a text's tokens, `[CLS]` before and `[SEP]` behind them: words at white space, punctuation and
 *  ideographs, each as the longest pieces that the vocabulary has ("WordPiece", Devlin et al. 2019). Pure; the work grows
 *  with the text's length. Throws for a vocabulary without its three marks. */
export function cutWordPieces(text: string, { vocabulary, lowerCase, tokens }: WordPieceSettings): number[] {
  const [unknown, first, last] = ['[UNK]', '[CLS]', '[SEP]'].map((token) => vocabulary.get(token));
  if (unknown === undefined || first === undefined || last === undefined) throw new Error('no [UNK], [CLS] or [SEP]');
  const numbers: number[] = [];
  for (const word of splitWords(text, lowerCase)) {
    if (numbers.length > tokens - 2) break;
    numbers.push(...cutWord(word, vocabulary, unknown));
  }
  return [first, ...numbers.slice(0, tokens - 2), last];
}

function* splitWords(text: string, lowerCase: boolean): Generator<string> {
  const plain = lowerCase ? text.toLowerCase().normalize('NFD').replace(mark, '') : text.normalize('NFC');
  let word = '';
  for (const letter of plain) {
    const isSpace = /\s/u.test(letter);
    if (!isSpace && invisible.test(letter)) continue;
    const stands = punctuation.test(letter) || ideograph.test(letter);
    if (!isSpace && !stands) {
      word += letter;
      continue;
    }
    if (word !== '') yield word;
    word = '';
    if (stands) yield letter;
  }
  if (word !== '') yield word;
}

function cutWord(word: string, vocabulary: ReadonlyMap<string, number>, unknown: number): number[] {
  const letters = [...word];
  if (letters.length > longestWord) return [unknown];
  const numbers: number[] = [];
  for (let start = 0; start < letters.length;) {
    const piece = findPiece(letters, start, vocabulary);
    // A word with one piece that is unknown is unknown as a whole.
    if (!piece) return [unknown];
    numbers.push(piece.number);
    start = piece.end;
  }
  return numbers;
}

function findPiece(
  letters: readonly string[],
  start: number,
  vocabulary: ReadonlyMap<string, number>,
): { number: number; end: number } | undefined {
  for (let end = letters.length; end > start; end -= 1) {
    const number = vocabulary.get((start > 0 ? '##' : '') + letters.slice(start, end).join(''));
    if (number !== undefined) return { number, end };
  }
  return undefined;
}
