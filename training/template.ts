/** An option of a slot: whom it names, and its forms by name. */
type Option = { kind: string; forms: ReadonlyMap<string, string> };

/** Slots by name; `first` is the form that stands where none is named. */
export type Slots = Map<string, { first: string; options: readonly Option[] }>;

/** A piece of a template: plain text, a slot, or one of several pieces. */
export type Part =
  | string
  | { slot: string; form: string | undefined; number: string }
  | { choices: readonly (readonly Part[])[] };

/** The parts of `(a|b) {slot.form#2}`. Throws on a bracket that does not close. */
export function parseTemplate(text: string): Part[] {
  const { parts, at } = parseParts(text, 0, '');
  if (at < text.length) throw new Error(`a bracket too many at "${text.slice(at)}"`);
  return parts;
}

function parseParts(text: string, from: number, stops: string): { parts: Part[]; at: number } {
  const parts: Part[] = [];
  let at = from;
  let plain = '';
  const flush = (): void => {
    if (plain !== '') parts.push(plain);
    plain = '';
  };
  while (at < text.length && !stops.includes(text[at] as string)) {
    const char = text[at] as string;
    if (char === '(') {
      flush();
      const { choices, at: after } = parseChoices(text, at + 1);
      parts.push({ choices });
      at = after;
    } else if (char === '{') {
      flush();
      const close = text.indexOf('}', at);
      const [, slot, form, number] = /^(\w+)(?:\.(\w+))?(?:#(\d))?$/u.exec(text.slice(at + 1, close)) ?? [];
      if (close < 0 || slot === undefined) throw new Error(`not a slot: "${text.slice(at, at + 30)}"`);
      parts.push({ slot, form, number: number ?? '1' });
      at = close + 1;
    } else if (char === ')' || char === '}') break;
    else {
      plain += char;
      at++;
    }
  }
  flush();
  return { parts, at };
}

function parseChoices(text: string, from: number): { choices: Part[][]; at: number } {
  const choices: Part[][] = [];
  let at = from;
  for (;;) {
    const read = parseParts(text, at, '|)');
    choices.push(read.parts);
    if (read.at >= text.length) throw new Error(`a bracket does not close: "${text.slice(from - 1)}"`);
    at = read.at + 1;
    if (text[read.at] === ')') return { choices, at };
    if (text[read.at] !== '|') throw new Error(`a bracket too many at "${text.slice(read.at)}"`);
  }
}
