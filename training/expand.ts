// Expands the contrast data of training/contrast/ (notation in its README.md). By hand, to look at a language:
//   node_modules/.bin/node training/expand.ts de [samples]
import { existsSync, readFileSync } from 'node:fs';
import { parseTemplate, type Part, type Slots } from './template.ts';
import { readLabels, type Labels } from './labels.ts';
import { createRandom, type Random } from './random.ts';

/** One sentence: its labels (0 or 1, missing is unknown), its contrast set, and the heading it stands under. */
export type Sentence = { text: string; labels: Labels; set: string; heading: string; newsroom: boolean };

type Template = { parts: readonly Part[]; labels: string; most: number; set: string; heading: string; line: number };

const MOST = 12;

/** All sentences of a language, each once; the same ones on every call. Throws with file and line on a mistake. */
export function expandContrast(language: string): Sentence[] {
  const file = new URL(`contrast/${language}.txt`, import.meta.url);
  return existsSync(file) ? expandText(readFileSync(file, 'utf8'), language) : [];
}

/** As `expandContrast`, of a file's text. */
export function expandText(text: string, name: string): Sentence[] {
  const { slots, templates } = parseFile(text, name);
  const random = createRandom(7);
  const seen = new Set<string>();
  const sentences: Sentence[] = [];
  for (const template of templates) {
    let made = 0;
    for (let attempt = 0; attempt < template.most * 4 && made < template.most; attempt++) {
      const { text, kinds } = write(template.parts, { slots, random, place: `${name}:${template.line}` });
      if (seen.has(text)) continue;
      seen.add(text);
      made++;
      sentences.push({ text, ...labelsOf(template, kinds), set: template.set, heading: template.heading });
    }
  }
  return sentences;
}

function labelsOf({ labels }: Template, kinds: readonly string[]): { labels: Labels; newsroom: boolean } {
  return readLabels(labels, kinds);
}

function parseFile(text: string, name: string): { slots: Slots; templates: Template[] } {
  const slots: Slots = new Map();
  const templates: Template[] = [];
  let heading = '';
  let set = 0;
  const lines = joinLines(text);
  for (const { line, at } of lines) {
    const place = `${name}:${at}`;
    if (line === '') set++;
    else if (line.startsWith('#')) continue;
    else if (line.startsWith('== ')) {
      heading = line.slice(3).trim();
      set++;
    } else if (line.startsWith('slot ')) addSlot(slots, line, place);
    else templates.push({ ...parseLine(line, place), set: `${name} ${set}`, heading, line: at });
  }
  return { slots, templates };
}

/** Lines with those that go on, and their numbers. */
function joinLines(text: string): { line: string; at: number }[] {
  const joined: { line: string; at: number }[] = [];
  text.split('\n').forEach((line, i) => {
    const last = joined.at(-1);
    if (/^\s+\S/.test(line) && last !== undefined) last.line += ` ${line.trim()}`;
    else joined.push({ line: line.trim(), at: i + 1 });
  });
  return joined;
}

function addSlot(slots: Slots, line: string, place: string): void {
  const [, name, forms, options] = /^slot (\w+)\s*(?:\(([^)]*)\))?\s*=\s*(.*)$/u.exec(line) ?? [];
  if (name === undefined || options === undefined) throw new Error(`${place}: not a slot: ${line}`);
  const names = (forms ?? 'base').split('/').map((form) => form.trim());
  const list = options
    .split('|')
    .map((option) => option.trim())
    .filter((option) => option !== '')
    .map((option) => {
      const [, kind, rest] = /^(?:\[(\w+)\]\s*)?(.*)$/u.exec(option) ?? [];
      const values = names.length === 1 ? [rest ?? ''] : (rest ?? '').split('/').map((value) => value.trim());
      if (values.length !== names.length) {
        throw new Error(`${place}: "${option}" has ${values.length} forms, ${name} has ${names.length}`);
      }
      return { kind: kind ?? 'none', forms: new Map(names.map((form, f) => [form, values[f] as string])) };
    });
  if (list.length === 0) throw new Error(`${place}: slot ${name} is empty`);
  slots.set(name, { first: names[0] as string, options: list });
}

function parseLine(line: string, place: string): Pick<Template, 'parts' | 'labels' | 'most'> {
  const [, most, labels, body] = /^(?:\*(\d+)\s+)?([a-z? ]+?)\s*\|\s*(.+)$/u.exec(line) ?? [];
  if (labels === undefined || body === undefined) throw new Error(`${place}: not "labels | text": ${line}`);
  try {
    readLabels(labels, []);
    return { parts: parseTemplate(body), labels, most: Number(most ?? MOST) };
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

type Writing = { slots: Slots; random: Random; place: string };

function write(parts: readonly Part[], { slots, random, place }: Writing): { text: string; kinds: string[] } {
  const chosen = new Map<string, number>();
  const kinds: string[] = [];
  const choose = (name: string, number: string): number => {
    const slot = slots.get(name);
    if (slot === undefined) throw new Error(`${place}: no slot is called ${name}`);
    const key = `${name}#${number}`;
    const known = chosen.get(key);
    if (known !== undefined) return known;
    const taken = [...chosen].filter(([other]) => other.startsWith(`${name}#`)).map(([, option]) => option);
    let option = random.below(slot.options.length);
    for (let step = 0; taken.includes(option) && step < slot.options.length; step++) {
      option = (option + 1) % slot.options.length;
    }
    chosen.set(key, option);
    kinds.push(slot.options[option]?.kind ?? 'none');
    return option;
  };
  const render = (list: readonly Part[]): string =>
    list
      .map((part) => {
        if (typeof part === 'string') return part;
        if ('choices' in part) return render(part.choices[random.below(part.choices.length)] ?? []);
        const option = slots.get(part.slot)?.options[choose(part.slot, part.number)];
        const form = option?.forms.get(part.form ?? slots.get(part.slot)?.first ?? '');
        if (form === undefined) throw new Error(`${place}: slot ${part.slot} has no form ${part.form}`);
        return form;
      })
      .join('');
  const text = render(parts)
    .replace(/ {2,}/g, ' ')
    .replace(/ ([.,!?…،؛؟।])/g, '$1')
    .trim();
  return { text: text.charAt(0).toUpperCase() + text.slice(1), kinds };
}

if (import.meta.main) {
  const [language = '', samples = '0'] = process.argv.slice(2);
  const sentences = expandContrast(language);
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { labels, heading, newsroom } of sentences) {
    count(`  under "${heading}"`);
    if (newsroom) count('newsroom');
    const set = Object.entries(labels).filter(([, value]) => value === 1);
    for (const [label] of set) count(label);
    if (set.length === 0) count('ok');
  }
  for (const [key, number] of counts) console.log(`${String(number).padStart(6)} ${key}`);
  console.log(`${String(sentences.length).padStart(6)} different sentences`);
  const random = createRandom(Date.now() % 1000);
  for (let s = 0; s < Number(samples); s++) {
    const sentence = sentences[random.below(sentences.length)];
    const labels = Object.entries(sentence?.labels ?? {}).flatMap(([key, value]) => (value === 1 ? [key] : []));
    console.log(`[${labels.join(' ') || 'ok'}] ${sentence?.text}`);
  }
}
