import type { Answer } from '../contract/http.ts';

/** How many event streams may be open at once. */
export type StreamLimits = {
  /** In this process: each holds a socket. */
  most: number;
  /** For one holder, whom the caller names: a network, an account. */
  mostEach: number;
};

export type Streams = {
  /** Opens one stream of these groups for a holder; undefined where there are too many. `onEnd` is called once, however it
   *  ends. */
  open(groups: readonly string[], holder: string, onEnd?: () => void): OpenStream | undefined;
  /** Whether anybody listens to the group. */
  isHeard(group: string): boolean;
  /** Sends a text to everybody who listens to the group. */
  send(group: string, text: string): void;
  /** Ends the streams of a group, or all: browsers come back by themselves and read the thread anew. */
  end(group?: string): void;
  /** Ends all, and opens none any more. */
  close(): void;
};

export type OpenStream = { body: AsyncIterable<string>; send(text: string): void; end(): void };

/** Proxies close a connection on which nothing was said for a minute, often for half of one. */
const heartbeatMilliseconds = 20_000;

/** Texts that wait for one slow reader; beyond, the stream ends and the reader begins anew. */
const mostWaiting = 100;

type Stream = {
  groups: readonly string[];
  holder: string;
  waiting: string[];
  ended: boolean;
  wake: (() => void) | undefined;
  onEnd: (() => void) | undefined;
};

/** The open event streams of this process. A stream counts from when it is opened until its iterator is returned, is
 *  ended here, or was never begun for ten seconds. */
export function keepStreams({ most, mostEach }: StreamLimits): Streams {
  const groups = new Map<string, Set<Stream>>();
  const held = new Map<string, number>();
  let open = 0;
  let closed = false;

  const endStream = (stream: Stream): void => {
    if (stream.ended) return;
    stream.ended = true;
    open -= 1;
    const left = (held.get(stream.holder) ?? 1) - 1;
    if (left === 0) held.delete(stream.holder);
    else held.set(stream.holder, left);
    for (const name of stream.groups) {
      const group = groups.get(name);
      group?.delete(stream);
      if (group?.size === 0) groups.delete(name);
    }
    stream.wake?.();
    stream.onEnd?.();
  };
  const push = (stream: Stream, text: string): void => {
    if (stream.ended || stream.waiting.length >= mostWaiting) return endStream(stream);
    stream.waiting.push(text);
    stream.wake?.();
  };
  const allOf = (group: string | undefined): Stream[] =>
    group === undefined
      ? [...new Set([...groups.values()].flatMap((streams) => [...streams]))]
      : [...(groups.get(group) ?? [])];
  const heartbeat = setInterval(() => {
    for (const stream of allOf(undefined)) push(stream, ':\n\n');
  }, heartbeatMilliseconds);
  heartbeat.unref();

  return {
    open: (wanted, holder, onEnd) => {
      const ofHolder = held.get(holder) ?? 0;
      if (closed || open >= most || ofHolder >= mostEach) return undefined;
      const stream: Stream = { groups: wanted, holder, waiting: [], ended: false, wake: undefined, onEnd };
      open += 1;
      held.set(holder, ofHolder + 1);
      for (const name of wanted) groups.set(name, (groups.get(name) ?? new Set()).add(stream));
      const body = iterateStream(stream, endStream);
      return { body, send: (text) => push(stream, text), end: () => endStream(stream) };
    },
    isHeard: (group) => groups.has(group),
    send: (group, text) => {
      for (const stream of allOf(group)) push(stream, text);
    },
    end: (group) => {
      for (const stream of allOf(group)) endStream(stream);
    },
    close: () => {
      closed = true;
      clearInterval(heartbeat);
      for (const stream of allOf(undefined)) endStream(stream);
    },
  };
}

const beginMilliseconds = 10_000;

/** Written by hand: the `return` of an async generator waits for its `next`, which here may wait for hours. */
function iterateStream(stream: Stream, end: (stream: Stream) => void): AsyncIterable<string> {
  // A reader who left before the first byte never begins to read.
  const neverBegun = setTimeout(() => end(stream), beginMilliseconds);
  neverBegun.unref();
  const take = (): IteratorResult<string> | undefined => {
    const text = stream.waiting.splice(0).join('');
    if (text !== '') return { done: false, value: text };
    return stream.ended ? { done: true, value: undefined } : undefined;
  };
  const iterator: AsyncIterator<string> = {
    next: async () => {
      const ready = take();
      if (ready) return ready;
      const { promise, resolve } = Promise.withResolvers<void>();
      stream.wake = resolve;
      await promise;
      stream.wake = undefined;
      return take() ?? { done: true, value: undefined };
    },
    return: async () => {
      stream.waiting.length = 0;
      end(stream);
      return { done: true, value: undefined };
    },
  };
  return {
    [Symbol.asyncIterator]: () => {
      clearTimeout(neverBegun);
      return iterator;
    },
  };
}

/** The answer of a stream of server-sent events, or of one text that sends a browser away. */
export function answerStream(body: string | AsyncIterable<string>): Answer {
  return { outcome: 'answered', status: 200, headers: streamHeaders, body };
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'x-accel-buffering': 'no',
};

/** One event as text. JSON has no line breaks, so one data line holds it. */
export function writeEvent(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The line that tells a browser after how many milliseconds it comes back; `deaf` while changes cannot be heard, when the
 *  stream ends at once and coming back is polling. Listeners of a process that restarts should not all come back in the
 *  same second. */
export function writeRetry(hearing: 'deaf' | 'hears'): string {
  return `retry: ${hearing === 'deaf' ? deafMilliseconds : 2_000 + Math.floor(Math.random() * 6_000)}\n`;
}

/** Between two looks at what cannot be heard. */
const deafMilliseconds = 30_000;
