import { type Guideline, inLanguage, plainGuideline } from '../../../contract/guideline.ts';
import { type GuidelinesView, isGuidelineKey, type SavedGuideline } from '../../../contract/guidelineDraft.ts';
import type { ApiAnswer } from '../../api.ts';
import type { OpenGuideline, RulebookState } from '../rulebookState.ts';
import { tell, wordsFor, type Desk } from '../state.ts';
import type { WordKey } from '../wordKeys.ts';
import { ask } from './ask.ts';
import { explainRefusal } from './refusal.ts';
import { readRules } from './rules.ts';

/** Reads every guideline of the site, retired ones too. What is being written stays. */
export async function loadRulebook(desk: Desk): Promise<void> {
  const { site } = desk.read();
  patch(desk, { phase: 'loading' });
  const answer = await ask<GuidelinesView>(desk, 'getRulebook', { params: { site } });
  if (desk.read().site !== site) return;
  if (answer.outcome === 'answered') {
    const { guidelines, language } = answer.body;
    patch(desk, { guidelines, language, phase: 'ready' });
    return;
  }
  if (answer.outcome === 'refused') tell(desk, explainRefusal(desk, answer), 'bad');
  patch(desk, { phase: 'unreachable' });
}

/** Opens a guideline to be read or reworded, with its history; null opens a new one. */
export async function openGuideline(desk: Desk, base: SavedGuideline | null): Promise<void> {
  const { site, rulebook, language } = desk.read();
  const draft = base ?? freshGuideline;
  const spoken = language in draft.titles ? language : rulebook.language;
  patch(desk, { open: { base, draft, language: spoken, versions: [] }, wrong: null });
  if (!base) return;
  const params = { site, guideline: base.key };
  const answer = await ask<{ versions: SavedGuideline[] }>(desk, 'getRulebookVersions', { params });
  const { open } = desk.read().rulebook;
  if (answer.outcome !== 'answered' || open?.base?.key !== base.key) return;
  patch(desk, { open: { ...open, versions: answer.body.versions } });
}

const freshGuideline: Guideline = {
  key: '',
  version: 0,
  position: 0,
  titles: {},
  wordings: {},
  ...plainGuideline,
  retired: false,
};

/** Goes back to the list; what was written is forgotten. */
export function closeGuideline(desk: Desk): void {
  patch(desk, { open: null, wrong: null });
}

/** Shows the texts of another language. */
export function chooseTexts(desk: Desk, language: string): void {
  const { open } = desk.read().rulebook;
  if (open) patch(desk, { open: { ...open, language } });
}

/** Writes into the guideline that is open. */
export function draftGuideline(desk: Desk, change: Partial<Guideline>): void {
  const { open } = desk.read().rulebook;
  if (open) patch(desk, { open: { ...open, draft: { ...open.draft, ...change } }, wrong: null });
}

/** Writes a text of the language that is shown. */
export function draftText(desk: Desk, field: 'titles' | 'wordings' | 'explanations', text: string): void {
  const { open } = desk.read().rulebook;
  if (open) draftGuideline(desk, { [field]: { ...open.draft[field], [open.language]: text } });
}

/** Puts an older version into the form; saved, it is a new one. */
export function takeVersion(desk: Desk, { key: _, version: __, position: ___, ...texts }: SavedGuideline): void {
  const { titles, wordings, explanations, ground, law, category, secondReading, retired } = texts;
  draftGuideline(desk, { titles, wordings, explanations, ground, law, category, secondReading, retired });
}

/** Saves what is open as the next version. Where somebody saved one meanwhile, theirs is read and what was written stays. */
export async function saveGuideline(desk: Desk, change: Partial<Guideline> = {}): Promise<void> {
  const { site, rulebook } = desk.read();
  const { open, busy } = rulebook;
  if (!open || busy) return;
  const { key, position: _, ...draft } = { ...open.draft, ...change };
  if (!isGuidelineKey(key)) {
    patch(desk, { wrong: { field: 'key', detail: wordsFor(desk)('guidelines.keyWrong') } });
    return;
  }
  patch(desk, { busy: true, wrong: null });
  const params = { site, guideline: key };
  const body = { ...draft, version: open.base?.version ?? 0 };
  const answer = await ask<GuidelinesView>(desk, 'putGuideline', { params, body });
  patch(desk, { busy: false });
  if (answer.outcome === 'refused') return explain(desk, answer, open);
  await settle(desk, answer, 'guidelines.saved');
}

/** Moves a guideline one place up (-1) or down (1). */
export async function moveGuideline(desk: Desk, key: string, by: -1 | 1): Promise<void> {
  const { site, rulebook } = desk.read();
  const order = rulebook.guidelines.filter(({ retired }) => !retired);
  const at = order.findIndex((one) => one.key === key);
  const [moved, other] = [order[at], order[at + by]];
  if (rulebook.busy || !moved || !other) return;
  order[at] = other;
  order[at + by] = moved;
  patch(desk, { busy: true });
  const body = { order: order.map((one) => ({ key: one.key, version: one.version })) };
  const answer = await ask<GuidelinesView>(desk, 'putGuidelineOrder', { params: { site }, body });
  patch(desk, { busy: false });
  if (answer.outcome === 'refused') {
    tell(desk, explainRefusal(desk, answer), 'bad');
    await loadRulebook(desk);
  } else await settle(desk, answer, 'guidelines.moved');
}

async function settle(
  desk: Desk,
  answer: Exclude<ApiAnswer<GuidelinesView>, { outcome: 'refused' }>,
  said: WordKey,
): Promise<void> {
  if (answer.outcome === 'unreachable') {
    tell(desk, wordsFor(desk)('said.unreachable'), 'bad');
    return;
  }
  patch(desk, { guidelines: answer.body.guidelines, open: null });
  tell(desk, wordsFor(desk)(said), 'good');
  // The desk's own list, from which moderators choose, follows at once.
  await readRules(desk);
}

async function explain(
  desk: Desk,
  answer: Extract<ApiAnswer<GuidelinesView>, { outcome: 'refused' }>,
  open: OpenGuideline,
): Promise<void> {
  const { field = '' } = answer.body.refusal ?? {};
  const [, language] = field.split('.');
  patch(desk, {
    wrong: { field, detail: answer.detail },
    open: { ...open, ...(language === undefined ? {} : { language }) },
  });
  if (answer.reason !== 'state_moved_on') {
    tell(desk, answer.detail || explainRefusal(desk, answer), 'bad');
    return;
  }
  tell(desk, wordsFor(desk)('guidelines.movedOn'), 'bad');
  await loadRulebook(desk);
  const base = desk.read().rulebook.guidelines.find(({ key }) => key === open.draft.key);
  if (base) patch(desk, { open: { ...open, base } });
}

/** The title in the desk's language, else the site's. */
export function titleOf(desk: Desk, { key, titles }: Pick<Guideline, 'key' | 'titles'>): string {
  const { language, rulebook } = desk.read();
  return inLanguage(titles, language, rulebook.language) || key;
}

function patch(desk: Desk, change: Partial<RulebookState>): void {
  desk.change({ rulebook: { ...desk.read().rulebook, ...change } });
}
