import { networkPrefix } from '../record/networkPrefix.ts';

/** How many event streams may be open at once. */
export type StreamLimits = {
  /** In this process: each holds a socket. */
  most: number;
  /** For one network (`networkPrefix`): enough for a newsroom behind one router, too few to use the process up alone,
   *  however many addresses of it somebody has. */
  mostPerNetwork: number;
};

export type Streams = {
  /** Opens a stream of a group for an address; undefined where there are too many. */
  open(group: string, address: string): OpenStream | undefined;
  /** Whether anybody listens to the group. */
  isHeard(group: string): boolean;
  /** Sends a text to everybody who listens to the group. */
  send(group: string, text: string): void;
  /** Ends the streams of a group, or all: browsers come back by themselves and read the thread anew. */
  end(group?: string): void;
  /** Ends all, and opens none any more. */
  close(): void;
};

export type OpenStream = { body: AsyncIterable<string>; send(text: string): void };

/** Proxies close a connection on which nothing was said for a minute, often for half of one. */
const heartbeatMilliseconds = 20_000;

/** Texts that wait for one slow reader; beyond, the stream ends and the reader begins anew. */
const mostWaiting = 100;

type Stream = { group: string; network: string; waiting: string[]; ended: boolean; wake: (() => void) | undefined };

/** The open event streams of this process. A stream counts from when it is opened until its iterator is returned, is
 *  ended here, or was never begun for ten seconds. */
export function keepStreams({ most, mostPerNetwork }: StreamLimits): Streams {
  const groups = new Map<string, Set<Stream>>();
  const networks = new Map<string, number>();
  let open = 0;
  let closed = false;

  const endStream = (stream: Stream): void => {
    if (stream.ended) return;
    stream.ended = true;
    open -= 1;
    const left = (networks.get(stream.network) ?? 1) - 1;
    if (left === 0) networks.delete(stream.network);
    else networks.set(stream.network, left);
    const group = groups.get(stream.group);
    group?.delete(stream);
    if (group?.size === 0) groups.delete(stream.group);
    stream.wake?.();
  };
  const push = (stream: Stream, text: string): void => {
    if (stream.ended || stream.waiting.length >= mostWaiting) return endStream(stream);
    stream.waiting.push(text);
    stream.wake?.();
  };
  const allOf = (group: string | undefined): Stream[] =>
    group === undefined ? [...groups.values()].flatMap((streams) => [...streams]) : [...(groups.get(group) ?? [])];
  const heartbeat = setInterval(() => {
    for (const stream of allOf(undefined)) push(stream, ':\n\n');
  }, heartbeatMilliseconds);
  heartbeat.unref();

  return {
    open: (group, address) => {
      // Clients whose address is none (a socket without one) share what one network may have.
      const network = networkPrefix(address) ?? 'none';
      const ofNetwork = networks.get(network) ?? 0;
      if (closed || open >= most || ofNetwork >= mostPerNetwork) return undefined;
      const stream: Stream = { group, network, waiting: [], ended: false, wake: undefined };
      open += 1;
      networks.set(network, ofNetwork + 1);
      const streams = groups.get(group) ?? new Set();
      groups.set(group, streams.add(stream));
      return { body: iterateStream(stream, endStream), send: (text) => push(stream, text) };
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
