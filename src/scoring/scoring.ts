import { scoringRoutes, type ScoringRouteName } from '../contract/routes.ts';
import { type Ruleset, screen } from '../screening/index.ts';
import { analyzeComment } from './analyze.ts';
import { findCoverage, showAttributes } from './coverage.ts';
import { describeContract } from './discovery.ts';
import { createDoor } from './door.ts';
import { type Head, makeReply, type Reply } from './exchange.ts';
import * as faults from './faults.ts';
import type { Fault } from './faults.ts';
import { readKey } from './key.ts';
import { createLimits } from './limits.ts';
import { parseAnalyze, parseSuggest } from './messages.ts';
import { findPlace, type Place } from './place.ts';
import { readQuality } from './quality.ts';
import type { Screen } from './read.ts';
import { answerSuggestion } from './suggest.ts';

/** Whom a key belongs to: a name to count under, which is no secret, and the rules of its site, where it has one. */
export type Holder = { name: string; rules?: Ruleset | undefined };

export type ScoringDeps = {
  /** Without a slash at its end. */
  publicUrl: string;
  version: string;
  /** Requests that one key may make in a minute; 0 is no limit. */
  perMinute: number;
  unsupported: 'error' | 'omit';
  /** Whom a key belongs to. It is asked without a key, too, so that a missing one takes as long as an unknown one. */
  findHolder: (key: string | undefined) => Promise<Holder | undefined>;
  countUnknownFields?: ((fields: number) => void) | undefined;
  /** Given in by tests. */
  screenWith?: Screen | undefined;
  clock?: (() => number) | undefined;
};

/** What became of a request's head: an answer, or somebody who waits for the body. */
export type Received = {
  call: ScoringRouteName | 'none';
  next: Reply | { outcome: 'waiting'; take: (body: Uint8Array | undefined) => Promise<Reply> };
};

export type Scoring = {
  /** `whenDone` is handed what has to be called when the answer was sent, or nobody waits for it any more. */
  receive(head: Head, whenDone: (leave: () => void) => void): Promise<Received>;
  /** Reads a sentence of our own. Throws what the engine throws. */
  probe(): void;
  /** Reads a word in every language: what is made for a language is made when its first text comes, and takes longer than
   *  a client waits if all come at once. Throws what the engine throws. */
  warmUp(): void;
};

// Bodies that still come hold at most 64 MB. 40 ms of work are a hundred short texts; 32 of the longest take a quarter of
// a second, which every client waits.
const bounds = { most: 256, turnMilliseconds: 40, least: 32 };

/** Opens the room. Nothing here catches: an engine that fails throws, and the server answers 503 for it. */
export function createScoring(deps: ScoringDeps): Scoring {
  const { publicUrl, version, perMinute, screenWith = screen, clock = readOwnWork } = deps;
  const door = createDoor({ ...bounds, clock });
  const limits = createLimits(perMinute);
  const quality = readQuality();
  const describe = ({ call, prefix }: Place): Reply =>
    call === 'discovery'
      ? makeReply(200, describeContract(`${publicUrl}${prefix}/`, version))
      : makeReply(200, { attributes: showAttributes(screenWith, quality) });
  const admit = async (head: Head): Promise<Holder | Fault> => {
    const read = readKey(head);
    if (read.outcome === 'fault') return read;
    const holder = await deps.findHolder(read.key);
    if (!holder) return read.key === undefined ? faults.keyMissing() : faults.keyInvalid();
    const seconds = await limits.count(holder.name);
    if (seconds === undefined) return holder;
    return faults.quotaExceeded({ consumer: holder.name, perMinute, seconds, helpUrl: publicUrl });
  };
  const take = async (call: ScoringRouteName, holder: Holder, body: Uint8Array | undefined): Promise<Reply | Fault> =>
    call === 'analyze' ? analyze(body, holder, { ...deps, screenWith }) : suggest(body, deps);
  return {
    warmUp: () => void findCoverage(screenWith),
    probe: () => void screenWith({ text: 'Is the machine reading?', lang: 'en' }),
    receive: async (head, whenDone) => {
      const legacy = head.query['$.xgafv'] === '1';
      const place = findPlace(head);
      const call = place.outcome === 'fault' ? 'none' : place.call;
      const refuse = (fault: Fault): Received => ({ call, next: faults.sendFault(fault, { legacy }) });
      if (place.outcome === 'fault') return refuse(place);
      const leave = door.enter();
      if (!leave) return refuse(faults.unavailable(1));
      whenDone(leave);
      const wrong = checkQuery(head);
      if (wrong) return refuse(wrong);
      if (!scoringRoutes[place.call].asksKey) return { call, next: describe(place) };
      const holder = await admit(head);
      if ('outcome' in holder) return refuse(holder);
      const media = checkMedia(head);
      if (media) return refuse(media);
      const taken = async (body: Uint8Array | undefined): Promise<Reply> => {
        const answer = await take(place.call, holder, body);
        return answer.outcome === 'fault' ? faults.sendFault(answer, { legacy }) : answer;
      };
      return { call, next: { outcome: 'waiting', take: taken } };
    },
  };
}

/** Milliseconds that this thread has worked. A machine that is busy with other things makes a turn long without anybody
 *  crowding in: by the time on the wall, 32 connections were refused one request in six there. */
function readOwnWork(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

// A script's address with a callback would hand the answer to any page that holds the key.
function checkQuery({ query }: Head): Fault | undefined {
  if (query['callback'] !== undefined) return faults.invalidRequest('JSONP is not supported.');
  const alt = query['alt'];
  return alt === undefined || alt === '' || alt === 'json'
    ? undefined
    : faults.invalidRequest('Only alt=json is supported.');
}

/** Bodies are JSON, or say nothing about themselves. A form is never taken, since any page can make a browser send one, and
 *  nothing is unpacked. */
function checkMedia({ headers }: Head): Fault | undefined {
  const encoding = headers['content-encoding'];
  const type = headers['content-type'];
  const isPlain = encoding === undefined || encoding === 'identity';
  const isJson = type === undefined || /^\s*application\/json\s*(?:;|$)/i.test(String(type));
  return isPlain && isJson ? undefined : faults.mediaTypeUnknown();
}

function analyze(
  body: Uint8Array | undefined,
  { rules = {} }: Holder,
  deps: ScoringDeps & { screenWith: Screen },
): Reply | Fault {
  const request = parseAnalyze(body);
  if (request.outcome === 'fault') return request;
  deps.countUnknownFields?.(request.unknownFields);
  const { unsupported, screenWith, version } = deps;
  const analysis = analyzeComment(request, { rules, unsupported, screenWith });
  if (analysis.outcome === 'fault') return analysis;
  return makeReply(200, analysis.body, { 'x-stet-model': nameModel(analysis.model, version) });
}

/** `name@version`, out of the engine's own name: the number at its end is the version. */
function nameModel(model: string, version: string): string {
  const [, name, number] = /^(.+?)-(\d[\w.+]*)$/.exec(model) ?? [];
  return name === undefined ? `${model}@${version}` : `${name}@${number}`;
}

function suggest(body: Uint8Array | undefined, { countUnknownFields }: ScoringDeps): Reply | Fault {
  const request = parseSuggest(body);
  if (request.outcome === 'fault') return request;
  countUnknownFields?.(request.unknownFields);
  return makeReply(200, answerSuggestion(request));
}
