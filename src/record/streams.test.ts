import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepStreams, type OpenStream, type Streams } from './streams.ts';

const few = { most: 3, mostEach: 2 };

function open(streams: Streams, group = 'a/s', holder = 'one'): OpenStream & { reader: AsyncIterator<string> } {
  const stream = streams.open([group], holder);
  assert.ok(stream);
  return { ...stream, reader: stream.body[Symbol.asyncIterator]() };
}

describe('event streams', () => {
  it('are refused beyond what the process and one holder may hold, and are free again when a reader leaves', async () => {
    const streams = keepStreams(few);
    const first = open(streams);
    open(streams);
    assert.equal(streams.open(['a/s'], 'one'), undefined);
    open(streams, 'a/s', 'two');
    assert.equal(streams.open(['a/s'], 'three'), undefined);
    await first.reader.return?.();
    await first.reader.return?.();
    open(streams, 'a/s', 'one');
    assert.equal(streams.open(['a/s'], 'one'), undefined);
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
    assert.equal(streams.open(['a/s'], 'one'), undefined);
  });

  it('say once that they ended, whoever ended them', async () => {
    const streams = keepStreams({ most: 9, mostEach: 9 });
    const ended: string[] = [];
    const begin = (name: string): OpenStream | undefined => streams.open(['a/s'], name, () => ended.push(name));
    begin('here')?.end();
    await begin('reader')?.body[Symbol.asyncIterator]().return?.();
    begin('all');
    streams.close();
    streams.close();
    assert.deepEqual(ended, ['here', 'reader', 'all']);
  });
});

describe('event streams of several groups', () => {
  it('are one each, which ends with any of them', async () => {
    const streams = keepStreams(few);
    const stream = streams.open(['a', 'b'], 'one');
    assert.ok(stream);
    const reader = stream.body[Symbol.asyncIterator]();
    streams.send('a', 'x');
    streams.send('b', 'y');
    assert.deepEqual(await reader.next(), { done: false, value: 'xy' });
    streams.end('b');
    assert.equal((await reader.next()).done, true);
    assert.deepEqual([streams.isHeard('a'), streams.isHeard('b')], [false, false]);
    open(streams, 'a', 'one');
    open(streams, 'a', 'one');
    streams.close();
  });
});
