import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Change, openWatch } from '../../src/record/watch.ts';
import { queryRows } from '../../src/storage/database.ts';
import { sql } from '../../src/storage/sql.ts';
import { waitUntil } from '../support/folders.ts';
import { type LossyWay, openLossyWay } from '../support/lossyListener.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
let way: LossyWay;

before(async () => {
  fresh = await freshDatabase();
  way = await openLossyWay(fresh.settings.databaseUrl);
});
after(async () => {
  way.close();
  await fresh.remove();
});

test('a watch on which notices got lost between two that came is told so before it is fresh again', async () => {
  const watch = await openWatch({ ...fresh.database, listen: way.connection });
  const heard: (Change | undefined)[] = [];
  watch.subscribe((change) => {
    if (change === undefined) assert.ok(!watch.isFresh(), 'fresh while what is kept is being forgotten');
    heard.push(change);
  });
  try {
    await waitUntil(() => watch.isFresh(), 'the watch to be fresh');
    const before = way.lost;
    way.losing = true;
    const change = JSON.stringify({ kind: 'removed', site: 'a', story: 's', id: 'i' });
    await queryRows(fresh.database.writer, sql`select pg_notify('stet', ${change})`);
    await waitUntil(() => way.lost >= before + 2, 'the change and an own notice to get lost');
    way.losing = false;
    await waitUntil(() => heard.length > 0, 'the watch to hear that it missed something');
    assert.deepEqual(heard, [undefined]);
    await waitUntil(() => watch.isFresh(), 'the watch to be fresh again');
    assert.deepEqual(heard, [undefined]);
  } finally {
    await watch.close();
  }
});
