import { isObject } from '../contract/json.ts';
import { reasonCodePoints } from '../contract/secondReading.ts';
import { countCodePoints, findRefusedCharacter, isBlank, normaliseText } from '../contract/text.ts';
import type { Said } from './reader.ts';

/** What a chat server's answer says of a comment: read, or failed with the reason. `body` is the whole body of a 200;
 *  everything that is not exactly an answer to the question is refused, whatever it means. Pure; never throws. */
export function parseAnswer(body: string, keys: readonly string[]): Said {
  const content = findContent(body);
  if (typeof content !== 'string') return content;
  const answer = parseJson(content);
  if (!isObject(answer)) return failed('answer_no_object');
  if (!hasExactly(answer, ['reason', 'scores'])) return failed('answer_fields');
  const scores = parseScores(answer['scores'], keys);
  if (scores === undefined) return failed('answer_scores');
  const reason = parseReason(answer['reason']);
  if (reason === undefined) return failed('answer_reason');
  return { said: 'read', scores, reason: isBlank(reason) ? null : reason };
}

// The envelope is the server's and grows with its versions: only what is needed of it is looked at.
function findContent(body: string): string | Said {
  const envelope = parseJson(body);
  const choices = isObject(envelope) ? envelope['choices'] : undefined;
  const [choice]: unknown[] = Array.isArray(choices) ? choices : [];
  if (!isObject(choice) || !isObject(choice['message'])) return failed('answer_envelope');
  if (choice['finish_reason'] === 'length') return failed('answer_cut');
  const { content, refusal } = choice['message'];
  if (typeof refusal === 'string' && refusal !== '') return failed('answer_refused');
  return typeof content === 'string' ? content : failed('answer_envelope');
}

function parseScores(value: unknown, keys: readonly string[]): Record<string, number> | undefined {
  if (!isObject(value) || !hasExactly(value, keys)) return undefined;
  const scores: Record<string, number> = {};
  for (const key of keys) {
    const score = value[key];
    if (typeof score !== 'number' || !(score >= 0 && score <= 1)) return undefined;
    scores[key] = Math.round(score * 1000) / 1000;
  }
  return scores;
}

// Shown to moderators: under the rules of a reader's text, so that nothing in it can turn or hide what stands around it.
function parseReason(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2 * reasonCodePoints) return undefined;
  const reason = normaliseText(value);
  if (countCodePoints(reason) > reasonCodePoints || findRefusedCharacter(reason) !== undefined) return undefined;
  return reason;
}

function hasExactly(value: object, keys: readonly string[]): boolean {
  const found = Object.keys(value);
  return found.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(failure: string): Said & { said: 'failed' } {
  return { said: 'failed', failure };
}
