import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SettingsChanged } from '../../src/contract/settingsDraft.ts';
import { type Person, type Reply, signInAs } from '../support/automation.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let editor: Person;
let admin: Person;
let moderator: Person;

before(async () => {
  server = await startServer({ site: { 'intake.limits': 'on' } });
  editor = await signInAs(server, 'editor');
  admin = await signInAs(server, 'admin');
  moderator = await signInAs(server, 'moderator');
});
after(() => server.stop());

const settings = '/api/v1/desk/sites/sample/settings';

function put(person: Person, values: object, more: object = {}): Promise<Reply> {
  return person(settings, { method: 'PUT', body: { settings: values, ...more } });
}

function undo(person: Person, seq: number | string): Promise<Reply> {
  return person(`${settings}/changes/${seq}/undo`, { method: 'POST', body: {} });
}

async function changes(query = ''): Promise<readonly SettingsChanged[]> {
  return (await moderator(`${settings}/changes${query}`)).body['changes'] as SettingsChanged[];
}

async function inForce(name: string): Promise<unknown> {
  return ((await moderator(settings)).body['settings'] as Record<string, unknown>)[name];
}

function refusalOf({ body }: Reply): { reason: string; field?: string } {
  return (body['refusal'] ?? {}) as { reason: string; field?: string };
}

test('what does not fit is refused by its name, and nothing of the request is changed', async () => {
  const wrong: Record<string, unknown> = {
    nothing: 'on',
    'intake.proof': 'maybe',
    'intake.perNetwork': -1,
    'intake.perStory': 1.5,
    'intake.slowSeconds': 86_401,
    'comments.hours': 'Mo 20:00-08:00',
    'page.timeZone': 'Mars/Olympus',
    'page.date': '<b>dd</b>',
    'contact.mail': 'nobody',
    'alert.heldMinutes': [5],
    __proto__name: 1,
  };
  for (const [name, value] of Object.entries(wrong)) {
    const refused = await put(editor, { 'intake.perNetwork': 7, [name]: value });
    assert.deepEqual([refused.status, refusalOf(refused).field], [422, name]);
  }
  for (const body of [{}, { settings: {} }, { settings: [] }, { settings: { 'page.date': 'dd' }, was: 1 }]) {
    assert.ok((await editor(settings, { method: 'PUT', body })).status >= 400);
  }
  assert.equal(await inForce('intake.perNetwork'), 60);
});

test('the least that the law asks for cannot be undercut by anybody', async () => {
  const refused = await put(admin, { 'retention.rejectedDays': 182 });
  assert.deepEqual([refused.status, refusalOf(refused).field], [422, 'retention.rejectedDays']);
});

test('what lifts a protection or cannot be brought back is changed by admins alone', async () => {
  for (const values of [{ 'intake.limits': 'off' }, { 'retention.rejectedDays': 0 }, { 'alert.webhook': '' }]) {
    assert.equal((await put(editor, { 'page.date': 'dd.MM.yyyy', ...values })).status, 403);
  }
  assert.equal((await put(moderator, { 'page.date': 'dd.MM.yyyy' })).status, 403);
  assert.equal(await inForce('page.date'), 'dd-MM-yyyy HH:mm');
});

test('a change holds at once, stands in the history with who and when, and is taken back by a change of its own', async () => {
  const changed = await put(editor, { 'intake.proof': 'on', 'intake.perNetwork': '7' });
  assert.equal(changed.status, 200);
  assert.equal(await inForce('intake.perNetwork'), 7);
  // The public form asks for it from then on.
  const form = (await (await server.fetch('/api/v1/sites/sample/stories/welcome/form')).json()) as object;
  assert.ok('challenge' in form);
  const [newest] = await changes();
  assert.deepEqual(newest && { ...newest, seq: 0, at: '' }, {
    seq: 0,
    at: '',
    by: 'editor',
    settings: { 'intake.proof': 'on', 'intake.perNetwork': 7 },
    before: { 'intake.proof': null, 'intake.perNetwork': null },
  });
  assert.equal((await undo(editor, newest?.seq ?? 0)).status, 200);
  assert.deepEqual([await inForce('intake.proof'), await inForce('intake.perNetwork')], ['off', 60]);
  const [undone, original] = await changes();
  assert.deepEqual(undone?.settings, newest?.before);
  assert.deepEqual(undone?.before, newest?.settings);
  assert.equal(original?.seq, newest?.seq);
  // The undoing is undone like any change.
  assert.equal((await undo(editor, undone?.seq ?? 0)).status, 200);
  assert.equal(await inForce('intake.perNetwork'), 7);
});

test('a change by the operator stands beside them, and only an admin takes one back that is for admins', async () => {
  await server.set({ 'intake.limits': 'off' });
  const [byOperator] = await changes('?limit=1');
  assert.equal(byOperator?.by, 'operator');
  assert.equal((await undo(editor, byOperator?.seq ?? 0)).status, 403);
  assert.equal(await inForce('intake.limits'), 'off');
  assert.equal((await undo(admin, byOperator?.seq ?? 0)).status, 200);
  assert.equal(await inForce('intake.limits'), 'on');
});

test('what is there already is no change, and what was seen otherwise is not overwritten', async () => {
  const before = (await changes()).length;
  assert.equal((await put(editor, { 'intake.perNetwork': 7 })).status, 200);
  assert.equal((await changes()).length, before);
  const late = await put(editor, { 'intake.perNetwork': 9 }, { was: { 'intake.perNetwork': 60 } });
  assert.deepEqual([late.status, refusalOf(late).reason], [409, 'state_moved_on']);
  assert.equal((await put(editor, { 'intake.perNetwork': null }, { was: { 'intake.perNetwork': 7 } })).status, 200);
  assert.equal(await inForce('intake.perNetwork'), 60);
});

test('two who change the same setting at once leave one line each, whichever came last', async () => {
  const values = Array.from({ length: 8 }, (_, index) => 100 + index);
  await Promise.all(values.map((value) => put(editor, { 'intake.perStory': value })));
  const lines = (await changes('?limit=8')).map((line) => line.settings['intake.perStory']);
  assert.deepEqual(lines.toSorted(), values);
  assert.equal(await inForce('intake.perStory'), lines[0]);
  const befores = (await changes('?limit=8')).map((line) => line.before?.['intake.perStory']);
  assert.deepEqual(befores.slice(0, -1), lines.slice(1));
});

test('the history is read page by page, and names no change of another site', async () => {
  const all = await changes('?limit=100');
  const first = await moderator(`${settings}/changes?limit=2`);
  const second = await moderator(`${settings}/changes?limit=2&after=${String(first.body['next'])}`);
  const pages = [first, second].flatMap(({ body }) => body['changes'] as SettingsChanged[]);
  assert.deepEqual(pages, all.slice(0, 4));
  for (const after of ['x', '-1', '1.5', '9'.repeat(20)]) {
    assert.equal((await moderator(`${settings}/changes?after=${after}`)).status, 400);
  }
  for (const seq of ['0', '999999', 'x', '1e3', '9'.repeat(20)]) assert.equal((await undo(admin, seq)).status, 404);
});
