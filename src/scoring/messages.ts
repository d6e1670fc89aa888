import { isBlank } from '../contract/text.ts';
import { type Attribute, findAttribute } from './attributes.ts';
import * as faults from './faults.ts';
import type { Fault } from './faults.ts';
import { readBody } from './protoJson.ts';

/** The longest text, in bytes of UTF-8, as at Google. */
export const textBytes = 20_480;
/** A request names at most so many attributes and languages; each language is a reading of the text. */
const mostAttributes = 64;
const mostLanguages = 8;

type TextEntry = { text?: string; type?: string };
type Context = { entries?: TextEntry[]; articleAndParentComment?: object };
type Common = { comment?: TextEntry; context?: Context; languages?: string[]; clientToken?: string };
type AnalyzeMessage = Common & {
  requestedAttributes?: Map<string, { scoreType?: string; scoreThreshold?: number }>;
  spanAnnotations?: boolean;
};
type Score = { value?: number; type?: string };
type SuggestMessage = Common & {
  attributeScores?: Map<
    string,
    { summaryScore?: Score; spanScores?: { begin?: number; end?: number; score?: Score }[] }
  >;
};

/** What is asked about one attribute: no threshold leaves every score in. */
export type Wanted = { attribute: Attribute; threshold: number };

/** A request that can be answered. Session, community and context are not in it: nothing here looks at them. */
export type AnalyzeRequest = {
  outcome: 'read';
  text: string;
  /** In the order of the request. */
  wanted: readonly Wanted[];
  languages: readonly string[];
  spans: boolean;
  clientToken: string | undefined;
  unknownFields: number;
};

/** What is answered of a suggestscore call. The scores in it are checked, and then passed over. */
export type SuggestRequest = {
  outcome: 'read';
  text: string;
  languages: readonly string[];
  clientToken: string | undefined;
  unknownFields: number;
};

/** The body of an analyze call, or the first fault in it: its shape, the text, the context, the attributes in their order. */
export function parseAnalyze(body: Uint8Array | undefined): AnalyzeRequest | Fault {
  const read = readBody(body, 'AnalyzeCommentRequest');
  if (read.outcome === 'fault') return read;
  const message = read.message as AnalyzeMessage;
  const text = parseText(message);
  if (typeof text !== 'string') return text;
  const { requestedAttributes = new Map(), languages = [], spanAnnotations = false, clientToken } = message;
  const wanted = parseWanted(requestedAttributes);
  if ('outcome' in wanted) return wanted;
  const { unknownFields } = read;
  return { outcome: 'read', text, wanted, languages, spans: spanAnnotations, clientToken, unknownFields };
}

/** The body of a suggestscore call, or the first fault in it. */
export function parseSuggest(body: Uint8Array | undefined): SuggestRequest | Fault {
  const read = readBody(body, 'SuggestCommentScoreRequest');
  if (read.outcome === 'fault') return read;
  const message = read.message as SuggestMessage;
  const text = parseText(message);
  if (typeof text !== 'string') return text;
  const { attributeScores = new Map(), languages = [], clientToken } = message;
  const fault = findScoreFault(attributeScores);
  if (fault) return fault;
  return { outcome: 'read', text, languages, clientToken, unknownFields: read.unknownFields };
}

function parseText({ comment, context, languages }: Common): string | Fault {
  const { text = '', type = 'PLAIN_TEXT' } = comment ?? {};
  const bytes = Buffer.byteLength(text);
  if (bytes > textBytes) return faults.commentTooLong(bytes, textBytes);
  if (isBlank(text)) return faults.commentEmpty();
  // What ends a string in half of the world's programs would hide the rest of the text from them.
  if (text.includes('\u0000')) return faults.invalidRequest('Comment text must not contain U+0000.');
  if (type === 'HTML') return faults.invalidRequest("Currently, only 'PLAIN_TEXT' comments are supported");
  if (type !== 'PLAIN_TEXT' && type !== 'TEXT_TYPE_UNSPECIFIED') return faults.invalidRequest('Unknown text type');
  if (context?.entries && context.articleAndParentComment) {
    return faults.invalidRequest(
      'Context can have either entries or article_and_parent_comment, but both fields were populated.',
    );
  }
  if ((languages ?? []).length > mostLanguages) {
    return faults.invalidRequest(`At most ${mostLanguages} languages can be named.`);
  }
  return text;
}

function parseWanted(requested: NonNullable<AnalyzeMessage['requestedAttributes']>): readonly Wanted[] | Fault {
  if (requested.size === 0) return faults.attributesMissing();
  if (requested.size > mostAttributes) {
    return faults.invalidRequest(`At most ${mostAttributes} attributes can be requested.`);
  }
  const wanted: Wanted[] = [];
  for (const [name, { scoreType = 'PROBABILITY', scoreThreshold = -Infinity }] of requested) {
    const attribute = findAttribute(name);
    if (!attribute) return faults.attributeUnknown(name);
    if (scoreType !== 'PROBABILITY' && scoreType !== 'SCORE_TYPE_UNSPECIFIED') {
      return faults.scoreTypeUnsupported(scoreType, name);
    }
    wanted.push({ attribute, threshold: scoreThreshold });
  }
  return wanted;
}

function findScoreFault(scores: NonNullable<SuggestMessage['attributeScores']>): Fault | undefined {
  if (scores.size === 0) return faults.invalidRequest('Missing attribute_scores');
  if (scores.size > mostAttributes) return faults.invalidRequest(`At most ${mostAttributes} attributes can be scored.`);
  for (const { summaryScore, spanScores = [] } of scores.values()) {
    if (!summaryScore && spanScores.length === 0) {
      return faults.invalidRequest('Each attribute needs a summary_score or span_scores.');
    }
    if (spanScores.some(({ begin, end }) => begin === undefined || end === undefined)) {
      return faults.invalidRequest('Span scores need begin and end.');
    }
  }
  return undefined;
}
