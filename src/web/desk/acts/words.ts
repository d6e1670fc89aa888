import type { SettingsView } from '../../../contract/settingsDraft.ts';
import { readAllowed, readListed, type SiteWord, type WordsPreview, writeListed } from '../../../contract/siteWords.ts';
import type { SiteSettings } from '../../../contract/siteSettings.ts';
import type { Desk } from '../state.ts';
import { ask } from './ask.ts';
import { tellFailure } from './refusal.ts';
import { settle } from './settings.ts';

/** Words as they are typed in, a line each: of one guideline, language and strength; '' for the guideline is what is no breach
 *  here. */
export type WordsDraft = Omit<SiteWord, 'word'> & { text: string };

type WordsSetting = 'words.listed' | 'words.allowed';

/** The lines of the draft as its setting keeps them, a line of the draft being a line of the list. */
export function linesOf({ text, ...kind }: WordsDraft): string {
  const toLine = (word: string): string => (kind.guideline === '' ? word : writeListed({ ...kind, word }));
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : toLine(line.trim())))
    .join('\n');
}

/** The line of the draft that does not fit, counted from 1, or undefined. */
export function findWrongLine(draft: WordsDraft): number | undefined {
  const read = draft.guideline === '' ? readAllowed(linesOf(draft)) : readListed(linesOf(draft));
  return read.outcome === 'wrong' ? read.fault.line : undefined;
}

/** Tries the draft on the comments of the last 30 days; undefined where that was not possible, which was told. */
export async function tryWords(desk: Desk, draft: WordsDraft): Promise<WordsPreview | undefined> {
  const lines = linesOf(draft);
  const body = draft.guideline === '' ? { allowed: lines } : { listed: lines };
  const answer = await ask<WordsPreview>(desk, 'postWordsPreview', { params: { site: desk.read().site }, body });
  if (answer.outcome === 'answered') return answer.body;
  tellFailure(desk, answer);
  return undefined;
}

/** Adds the draft to its list. Whether it was saved. */
export async function addWords(desk: Desk, draft: WordsDraft): Promise<boolean> {
  const name = draft.guideline === '' ? 'words.allowed' : 'words.listed';
  const fresh = linesOf(draft)
    .split('\n')
    .filter((line) => line !== '');
  return saveList(desk, name, (known) => [...known, ...fresh]);
}

/** Takes a line out of its list. */
export async function removeWord(desk: Desk, name: WordsSetting, line: string): Promise<boolean> {
  return saveList(desk, name, (known) => known.filter((one) => one !== line));
}

async function saveList(
  desk: Desk,
  name: WordsSetting,
  change: (lines: readonly string[]) => readonly string[],
): Promise<boolean> {
  const { site, settings } = desk.read();
  if (settings.values === null || settings.busy) return false;
  const before = settings.values[name];
  const known = before.split('\n').filter((line) => line.trim() !== '');
  const was: Partial<SiteSettings> = { [name]: before };
  desk.change({ settings: { ...settings, busy: true } });
  const body = { settings: { [name]: change(known).join('\n') }, was };
  const answer = await ask<SettingsView>(desk, 'putSettings', { params: { site }, body });
  await settle(desk, answer, { said: 'settings.saved' });
  return answer.outcome === 'answered';
}
