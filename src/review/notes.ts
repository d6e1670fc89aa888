import { noteCodePoints } from '../contract/desk.ts';
import { answerJson, type Answer, type Call } from '../contract/http.ts';
import { isObject } from '../contract/json.ts';
import { parseProse } from '../contract/prose.ts';
import { refused } from '../contract/refusals.ts';
import { addNote, listNotes } from '../record/notes.ts';
import type { Store } from '../record/store.ts';
import { allowOnComment } from './authorise.ts';

/** 200 with what colleagues noted about a comment: `{notes: [{id, by, text, writtenAt}]}`, the oldest first. */
export async function showNotes(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'queue.read');
  if (allowed.outcome === 'refused') return allowed;
  return answerJson(200, { notes: await listNotes(store, allowed) });
}

/** Notes something for colleagues: 201 with all notes about the comment. Plain text of at most 2,000 code points, under
 *  the rules of a reader's text; no reader ever gets to see it. */
export async function postNote(store: Store, call: Call): Promise<Answer> {
  const allowed = await allowOnComment(store, call, 'comment.note');
  if (allowed.outcome === 'refused') return allowed;
  if (!isObject(call.body)) return refused('body_malformed');
  const text = parseProse(call.body['text'], { field: 'text', most: noteCodePoints });
  if (text.outcome === 'refused') return text;
  if (text.value === undefined) return refused('text_required', { field: 'text' });
  const { site, id, account } = allowed;
  const noted = await addNote(store, { site, comment: id, account: account.id, text: text.value, now: call.now });
  return noted.outcome === 'refused' ? noted : answerJson(201, { notes: await listNotes(store, allowed) });
}
