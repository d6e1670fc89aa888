import { isOfOneScript } from './text.ts';

/** An address in a text that readers may press: UTF-16 offsets into the text, end exclusive, and where it leads, with its host
 *  in ASCII. */
export type TextLink = { start: number; end: number; href: string };

/** The most links of one comment. Further addresses stay text: nobody reads so many sources, and pages of links are made of such
 *  comments. */
export const mostLinks = 20;

const mostUnits = 2000;

/** The http and https addresses in a comment's text, in reading order, at most `mostLinks`. What could deceive stays text: a
 *  name before the host (`https://bank.example@evil.example`), a host that is not written as it is called, or mixes scripts
 *  (threats.md §4), or is a number or a name of a local network, and whatever holds a character that cannot be seen. Pure; linear,
 *  since nothing is looked at a second time where it was no address. */
export function findLinks(text: string): TextLink[] {
  const links: TextLink[] = [];
  for (const run of text.matchAll(addressRun)) {
    if (links.length === mostLinks) break;
    const address = cutTail(run[0]);
    const href = readAddress(address);
    if (href !== undefined) links.push({ start: run.index, end: run.index + address.length, href });
  }
  return links;
}

// Up to white space, what markup and quotations are made of, and the signs of Arabic, Persian, Urdu and Hindi that need no blank
// behind them. Letters of other scripts may stand right before it: in Arabic, words are joined so.
const addressRun = /(?<![a-z0-9_])https?:\/\/[^\s\u0000-\u0020\u007f-\u00a0"<>`{}|\\^“”„«»‹›،؛؟۔।]+/gi;

/** Where an address leads; undefined for what stays text. */
function readAddress(address: string): string | undefined {
  if (address.length > mostUnits || !visible.test(address) || invisible.test(address)) return undefined;
  const host = authority.exec(address)?.[1];
  if (host === undefined || !isHost(host)) return undefined;
  const url = URL.parse(address);
  return url && isWrittenAsCalled(host, url.hostname) ? url.href : undefined;
}

// Neither a name before the host nor an address of numbers in brackets fits.
const authority = /^https?:\/\/([^/?#:@[\]]+)(?::\d{1,5})?(?:[/?#]|$)/i;

// ZWNJ is spelling in Persian and Kurdish; a host has none (`label`).
const visible = /^[!-~\p{L}\p{M}\p{N}\p{P}\p{S}\u200c]*$/u;
const invisible = /(?!\u200c)\p{Default_Ignorable_Code_Point}/u;

const label = /^(?!-)[\p{L}\p{M}\p{N}_-]+(?<!-)$/u;
const startsWithLetter = /^\p{L}/u;

/** Whether it is a name of the public net: of more than one label, the last of which is no number. */
function isHost(host: string): boolean {
  const labels = host.split('.');
  return labels.length > 1 && labels.every((one) => label.test(one)) && startsWithLetter.test(labels.at(-1) ?? '');
}

/** Whether the reader sees the host that is called, and could take it for no other. All of a host is of one script, its last label
 *  too, so that no Cyrillic `аррӏе` stands before `.com`. */
function isWrittenAsCalled(written: string, called: string): boolean {
  const host = written.toLowerCase();
  if (ascii.test(host)) return host === called;
  if (host !== host.normalize('NFKC')) return false;
  const name = host.replace(/^www\./, '');
  return latin.test(name) || (!latinLetter.test(name) && isOfOneScript(name));
}

const ascii = /^[\u0000-\u007f]*$/;
const latinLetter = /\p{Script=Latin}/u;
// The letters of languages, Vietnamese among them; phonetic ones (`ɢ`) are made to look like others.
const latin = /^[a-z0-9._\-ß-öø-žơưșț\u1e00-\u1eff]*$/;

/** The address without the signs behind it that belong to its sentence. A bracket belongs to it where it was opened in it. */
function cutTail(run: string): string {
  const open = { ')': countOpen(run, '(', ')'), ']': countOpen(run, '[', ']') };
  let end = run.length;
  for (;;) {
    const last = /.$/su.exec(run.slice(Math.max(0, end - 2), end))?.[0] ?? '';
    if (last === '(') open[')'] -= 1;
    else if (last === '[') open[']'] -= 1;
    else if (last === ')' || last === ']') {
      if (open[last] >= 0) break;
      open[last] += 1;
    } else if (!tail.test(last)) break;
    end -= last.length;
  }
  return run.slice(0, end);
}

function countOpen(run: string, opening: string, closing: string): number {
  let count = 0;
  for (let at = 0; at < run.length; at += 1) {
    if (run[at] === opening) count += 1;
    else if (run[at] === closing) count -= 1;
  }
  return count;
}

// Quotation marks, other brackets, dashes, pictures and what cannot be seen; of the signs those of a sentence alone.
const tail =
  /[\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u2010-\u2015\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}]|(?![/#%&@])\p{Po}/u;
