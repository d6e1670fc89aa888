import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withConnection } from '../../src/storage/connections.ts';
import { listenTo } from '../../src/storage/listen.ts';
import { waitUntil } from '../support/folders.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;

before(async () => {
  fresh = await freshDatabase({ migrated: false });
});
after(() => fresh.remove());

test('a lost connection is told, comes back by itself, and hears again', async () => {
  const { heard, handlers } = recorder();
  const listener = await listenTo(fresh.database.listen, 'stet test', handlers);
  assert.deepEqual(heard, ['back']);
  await notify('one');
  await waitUntil(() => heard.includes('one'), 'the first message');
  await withConnection(fresh.database.owner, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'`),
  );
  await waitUntil(() => heard.length === 4, 'lost and back again');
  await notify('two');
  await waitUntil(() => heard.includes('two'), 'the second message');
  assert.deepEqual(heard, ['back', 'one', 'lost', 'back', 'two']);
  await listener.close();
  await listener.close();
  await notify('three');
  assert.equal(heard.length, 5);
});

test('where nothing answers it resolves unheard, and can be closed', async () => {
  const { heard, handlers } = recorder();
  const listener = await listenTo(
    { ...fresh.database.listen, connectionString: 'postgres://127.0.0.1:1/x' },
    'x',
    handlers,
  );
  assert.deepEqual(heard, []);
  await listener.close();
});

function recorder(): { heard: string[]; handlers: Parameters<typeof listenTo>[2] } {
  const heard: string[] = [];
  const handlers = {
    onMessage: (payload: string) => heard.push(payload),
    onLost: () => heard.push('lost'),
    onBack: () => heard.push('back'),
  };
  return { heard, handlers };
}

async function notify(payload: string): Promise<void> {
  await fresh.database.writer.query('select pg_notify($1, $2)', ['stet test', payload]);
}
