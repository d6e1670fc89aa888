import { createHash, randomUUID } from 'node:crypto';
import { directionOf } from '../../src/contract/text.ts';
import { parseStoryDraft } from '../../src/contract/story.ts';
import { recordHeldComments } from '../../src/record/comments.ts';
import { appendEvent } from '../../src/record/events.ts';
import { addGuidelineVersion } from '../../src/record/guidelines.ts';
import { insertSite } from '../../src/record/sites.ts';
import { saveStory } from '../../src/record/stories.ts';
import type { Store } from '../../src/record/store.ts';
import { inTransaction } from '../../src/storage/database.ts';
import { placed } from './desk.ts';

const at = new Date('2026-03-01T10:00:30Z');

/** A site with one guideline, `attack`. */
export async function addSite(store: Store, site: string, language = 'en'): Promise<void> {
  await inTransaction(store.writer, async (transaction) => {
    await insertSite(transaction, { site, name: `The ${site} Times`, language, origins: [] }, at);
    const texts = { titles: { en: 'Attacks' }, wordings: { en: 'None.' } };
    const guideline = { key: 'attack', version: 1, position: 1, ...texts, retired: false };
    await addGuidelineVersion(transaction, site, { ...guideline, at, actor: 'operator' });
  });
}

/** Creates or replaces a story; `more` are fields as a publisher sends them. */
export async function addStory(store: Store, site: string, story: string, more: object = {}): Promise<void> {
  const body = {
    headline: 'A bridge',
    byline: 'Staff',
    language: 'en',
    text: 'Text.',
    published: '2026-02-28',
    ...more,
  };
  const draft = parseStoryDraft(body);
  if (draft.outcome === 'refused') throw new Error(`no story: ${JSON.stringify(draft.refusal)}`);
  await saveStory(store, { site, story }, { ...draft.value, at });
}

type Written = { name?: string; text?: string; parent?: string | null; lang?: string; at?: Date };

/** A held comment; returns its id. */
export async function holdComment(store: Store, site: string, story: string, written: Written = {}): Promise<string> {
  const { name = 'Reader', text = 'A comment', parent = null, lang = 'en', at: submittedAt = at } = written;
  const sha256 = createHash('sha256').update(text).digest();
  const id = randomUUID();
  const empty = { network: null, fingerprint: null, screening: null, need: 0, contact: null };
  const dir = directionOf(text);
  await recordHeldComments(store, [
    placed({ site, id, story, parent, name, text, sha256, lang, dir, submittedAt, ...empty }),
  ]);
  return id;
}

/** A published comment; returns its id. */
export async function publishComment(
  store: Store,
  site: string,
  story: string,
  written: Written = {},
): Promise<string> {
  const id = await holdComment(store, site, story, written);
  const sha256 = createHash('sha256')
    .update(written.text ?? 'A comment')
    .digest('hex');
  await decide(store, { site, comment: id, at: written.at ?? at }, { verdict: 'approve', version: 1, sha256 });
  return id;
}

/** Takes a published comment down. */
export async function removeComment(store: Store, site: string, comment: string, text = 'A comment'): Promise<void> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const ground = { guideline: 'attack', guidelineVersion: 1 };
  await decide(store, { site, comment, at }, { verdict: 'remove', version: 2, sha256, ...ground });
}

type About = { site: string; comment: string; at: Date };

async function decide(store: Store, about: About, body: object): Promise<void> {
  const actor = `moderator:${randomUUID()}`;
  await inTransaction(store.writer, (transaction) =>
    appendEvent(transaction, { ...about, kind: 'decided', actor, body }),
  );
}
