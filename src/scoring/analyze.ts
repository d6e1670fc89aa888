import type { Ruleset } from '../screening/index.ts';
import type { Attribute } from './attributes.ts';
import type { Fault } from './faults.ts';
import type { AnalyzeRequest } from './messages.ts';
import { explainMissing, highestValue, readTextIn, type Readings, type Screen } from './read.ts';
import { type Span, splitSentences } from './sentences.ts';

/** How a request is read: by whose rules, and what becomes of an attribute that is not given in the text's language. */
export type Analyzing = { rules: Ruleset; unsupported: 'error' | 'omit'; screenWith: Screen };

export type Analysis = {
  outcome: 'analyzed';
  body: object;
  /** The engine that read the text. */
  model: string;
};

// Each sentence is a reading of its own; more are put together. A text has at most 6,827 sentences of three bytes.
const mostSpans = 64;

/** The scores of a text, or the fault of the first attribute, in the order of the request, that is not given. Every score
 *  is of the engine or left out: none is made up. Deterministic; throws when the engine does. */
export function analyzeComment(
  request: AnalyzeRequest,
  { rules, unsupported, screenWith }: Analyzing,
): Analysis | Fault {
  const { text, wanted, languages: tags, clientToken } = request;
  const read = readTextIn(text, { tags, rules, screenWith });
  const spans = request.spans ? readSpans(text, read) : [];
  const scores: Record<string, object> = {};
  for (const { attribute, threshold } of wanted) {
    const value = highestValue(attribute, read);
    if (value === undefined) {
      if (unsupported === 'error') return explainMissing(attribute, read, tags);
    } else if (value >= threshold) {
      const summaryScore = showScore(value);
      const spanScores = showSpans(attribute, spans) ?? [{ begin: 0, end: text.length, score: summaryScore }];
      scores[attribute.name] = { spanScores, summaryScore };
    }
  }
  const body = {
    attributeScores: scores,
    languages: tags.length > 0 ? tags : [read.detected],
    detectedLanguages: [read.detected],
    ...(clientToken === undefined ? {} : { clientToken }),
  };
  return { outcome: 'analyzed', body, model: read.model };
}

type ReadSpan = Span & Pick<Readings, 'readings' | 'unread'>;

function readSpans(text: string, { readPiece, unread }: Readings): readonly ReadSpan[] {
  return splitSentences(text, mostSpans).map(({ begin, end }) => {
    return { begin, end, readings: readPiece(text.slice(begin, end)), unread };
  });
}

/** A sentence in which the attribute is not given (one of numbers alone, say) has no span; undefined without any. */
function showSpans(attribute: Attribute, spans: readonly ReadSpan[]): object[] | undefined {
  const shown = spans.flatMap(({ begin, end, ...read }) => {
    const value = highestValue(attribute, read);
    return value === undefined ? [] : [{ begin, end, score: showScore(value) }];
  });
  return shown.length === 0 ? undefined : shown;
}

function showScore(value: number): object {
  return { value, type: 'PROBABILITY' };
}
