import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../src/contract/http.ts';
import type { Role } from '../../src/contract/desk.ts';
import type { Principal } from '../../src/contract/principal.ts';
import type { ReceiptView } from '../../src/contract/receipt.ts';
import type { Refusal } from '../../src/contract/refusals.ts';
import type { RouteName } from '../../src/contract/routes.ts';
import type { SanctionRow } from '../../src/contract/sanction.ts';
import { addMinutes } from '../../src/contract/time.ts';
import { addModerator } from '../../src/identity/moderators.ts';
import { listAccounts } from '../../src/record/accounts.ts';
import { reviewHandlers } from '../../src/review/review.ts';
import { askHandler, type Asked, type Desk, type Read } from './desk.ts';
import { makeCall, noon, reasonOf, type IntakeDesk, type Sent } from './intake.ts';

/** A moderator of the site `sample` over the database of an intake desk. */
export async function moderatorOf(desk: IntakeDesk, name: string, role: Role): Promise<Principal> {
  const email = `${name.toLowerCase()}@desk.example`;
  await addModerator(desk.database, { site: 'sample', email, role, name }, noon);
  const accounts = (await listAccounts(desk.database)).filter((account) => account.email === email);
  return { kind: 'person', isProven: true, accounts: accounts.map((account) => ({ ...account, email })) };
}

/** Asks a handler of the review room over that database. */
export function askReview(desk: IntakeDesk, name: RouteName, asked: Asked): Promise<Read> {
  return askHandler(reviewHandlers({ store: desk.database, kept: desk.kept })[name], asked);
}

/** What a moderator sends to warn; whatever else is given stands over it. */
export const warning = {
  measure: 'warn',
  knownBy: ['name'],
  guideline: 'attack',
  explanation: 'The third insult in two days.',
};

/** Imposes a sanction that has to be accepted. */
export async function impose(
  desk: IntakeDesk,
  comment: string,
  { principal, now = noon, ...body }: { principal: Principal; now?: Date } & Record<string, unknown>,
): Promise<SanctionRow> {
  const asked = { params: { id: comment }, principal, now, body: { ...warning, ...body } };
  const read = await askReview(desk, 'postSanction', asked);
  assert.equal(read.reason ?? read.status, 201, JSON.stringify(read));
  return read.body as unknown as SanctionRow;
}

/** The author's view of a receipt. */
export async function viewReceipt(desk: IntakeDesk, receipt: string, sent: Sent = {}): Promise<ReceiptView> {
  return viewIn(await desk.intake.handlers.postReceipt(makeCall({ receipt }, { params: {}, ...sent })));
}

/** The view in an answer that has to be a yes. */
export function viewIn(answer: Answer): ReceiptView {
  assert.match(reasonOf(answer), /^answered 20[02]$/, JSON.stringify(answer));
  return (answer as { body: ReceiptView }).body;
}

/** What the acts on readers ask of a comment of the site harbour, for the matrix of role × act × site. */
export function actsOnReaders(open: () => Desk) {
  const sanction = async (id: string): Promise<string> => {
    const principal = await open().person(`Sam ${randomUUID()}`.replaceAll(' ', '-'), 'editor', 'harbour');
    return String((await open().ask('postSanction', { params: { id }, principal, body: warning })).body['id']);
  };
  const appealed = async (id: string): Promise<string> => {
    const imposed = await sanction(id);
    await open().append('harbour', id, { kind: 'sanction_appealed', body: { sanction: imposed, text: 'No.' } });
    return imposed;
  };
  const people = { people: true, whole: true } as const;
  const decision = { verdict: 'uphold', explanation: 'So it is.' };
  return {
    getReader: { ok: 200, ...people },
    postSanction: { ok: 201, ...people, body: warning },
    postSanctionLifting: { ok: 200, ...people, body: { explanation: 'Enough.' }, prepare: sanction },
    postSanctionAppealDecision: { ok: 201, ...people, body: decision, prepare: appealed },
  };
}

let names = 0;

/** A name that no other test of the file has. */
export function freshName(): string {
  names += 1;
  return `Nina ${[...String(names)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}berg`;
}

/** What a reader of this name writes. */
export const write = (name: string): { name: string; text: string } => ({ name, text: 'You again, you fool.' });

/** An hour after everything else. */
export const later = addMinutes(noon, 60);

/** The refusal in an answer that has to be one. */
export function refusalIn(answer: Answer): Refusal {
  assert.ok(answer.outcome === 'refused', JSON.stringify(answer));
  return answer.refusal;
}
