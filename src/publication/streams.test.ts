import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepStreams, type OpenStream, type Streams } from './streams.ts';

const few = { most: 3, mostPerNetwork: 2 };

function open(streams: Streams, group = 'a/s', address = '192.0.2.1'): OpenStream & { reader: AsyncIterator<string> } {
  const stream = streams.open(group, address);
  assert.ok(stream);
  return { ...stream, reader: stream.body[Symbol.asyncIterator]() };
}

describe('event streams', () => {
  it('are refused beyond what one network may hold, whichever of its addresses ask', () => {
    const of = (first: string, ...others: string[]): (string | undefined)[] => {
      const streams = keepStreams({ most: 9, mostPerNetwork: 1 });
      open(streams, 'a/s', first);
      const refused = others.filter((address) => streams.open('a/s', address) === undefined);
      streams.close();
      return refused;
    };
    const same = ['192.0.2.255', '::ffff:192.0.2.9', '::ffff:c000:209'];
    assert.deepEqual(of('192.0.2.1', ...same, '192.0.3.1', '2001:db8::1'), same);
    assert.deepEqual(of('2001:db8:1::1', '2001:db8:1:ffff::9', '2001:db8:2::1'), ['2001:db8:1:ffff::9']);
    assert.deepEqual(of('', 'unknown', '192.0.2.1'), ['unknown']);
  });

  it('are refused beyond what the process and a network may hold, and are free again when a reader leaves', async () => {
    const streams = keepStreams(few);
    const first = open(streams);
    open(streams);
    assert.equal(streams.open('a/s', '192.0.2.1'), undefined);
    open(streams, 'a/s', '198.51.100.2');
    assert.equal(streams.open('a/s', '203.0.113.3'), undefined);
    await first.reader.return?.();
    await first.reader.return?.();
    open(streams, 'a/s', '192.0.2.1');
    assert.equal(streams.open('a/s', '192.0.2.1'), undefined);
    streams.close();
  });

  it('let a reader leave who waits for the next event', async () => {
    const streams = keepStreams(few);
    const { reader } = open(streams);
    const waiting = reader.next();
    await reader.return?.();
    assert.deepEqual(await waiting, { done: true, value: undefined });
    assert.ok(!streams.isHeard('a/s'));
    streams.close();
  });

  it('send to those who listen to the story and to nobody else', async () => {
    const streams = keepStreams(few);
    const [one, other] = [open(streams), open(streams, 'a/other')];
    streams.send('a/s', 'x');
    streams.send('a/other', 'y');
    streams.send('a/nobody', 'z');
    assert.deepEqual(await one.reader.next(), { done: false, value: 'x' });
    assert.deepEqual(await other.reader.next(), { done: false, value: 'y' });
    streams.close();
  });

  it('end a reader who does not read, rather than hold everything for him', async () => {
    const streams = keepStreams(few);
    const { reader } = open(streams);
    for (let at = 0; at <= 100; at += 1) streams.send('a/s', '.');
    assert.ok(!streams.isHeard('a/s'));
    assert.deepEqual(await reader.next(), { done: false, value: '.'.repeat(100) });
    assert.equal((await reader.next()).done, true);
    streams.close();
  });

  it('end all at once when the server closes, and open no more', async () => {
    const streams = keepStreams(few);
    const { reader } = open(streams);
    const waiting = reader.next();
    streams.close();
    assert.equal((await waiting).done, true);
    assert.equal(streams.open('a/s', '192.0.2.9'), undefined);
  });
});
