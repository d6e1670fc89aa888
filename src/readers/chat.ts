import { randomBytes } from 'node:crypto';
import { parseAnswer } from './answer.ts';
import { postQuestion } from './post.ts';
import { answerSchema, writeMessages } from './prompt.ts';
import type { Asked, Reader, Said } from './reader.ts';

/** A server that speaks the OpenAI chat API; as the settings of the installation have it. */
export type ChatSettings = {
  url: string;
  model: string;
  key?: string | undefined;
  timeoutMilliseconds: number;
  daily: number;
};

type Format = 'json_schema' | 'json_object';

/** A second reader behind the chat API of vLLM, Ollama, llama.cpp or a host. An answer is asked for by its closed schema;
 *  a server that refuses that with 400 and takes `json_object` is asked for that from then on. Whatever was asked for,
 *  what comes is parsed as strictly. */
export function createChatReader({ url, model, key, timeoutMilliseconds, daily }: ChatSettings): Reader {
  let format: Format = 'json_schema';
  return {
    name: 'chat',
    model,
    languages: undefined,
    speaksOf: undefined,
    // It may be asked twice.
    milliseconds: 2 * timeoutMilliseconds,
    daily,
    read: async (asked, { signal, spend }) => {
      const post = (wanted: Format) =>
        postQuestion({
          url: `${url}/chat/completions`,
          body: JSON.stringify(writeQuestion(asked, { model, format: wanted })),
          key,
          milliseconds: timeoutMilliseconds,
          signal,
        });
      if (!(await spend())) return { said: 'unasked' };
      let posted = await post(format);
      if (posted.outcome === 'answered' && posted.status === 400 && format === 'json_schema' && (await spend())) {
        posted = await post('json_object');
        if (posted.outcome === 'answered' && posted.status === 200) format = 'json_object';
      }
      return weighPosted(posted, asked);
    },
  };
}

function weighPosted(posted: Awaited<ReturnType<typeof postQuestion>>, { guidelines }: Asked): Said {
  if (posted.outcome === 'failed') return { said: 'failed', failure: posted.failure };
  if (posted.status !== 200) return { said: 'failed', failure: `status_${posted.status}` };
  return parseAnswer(
    posted.body,
    guidelines.map(({ key }) => key),
  );
}

// The same question gets the same answer where a server keeps to that, so that moderators can rely on what they see.
const seed = 7;
// A score takes about ten tokens, a reason in Arabic letters up to two hundred.
const tokensOfReason = 300;
const tokensOfScore = 20;

function writeQuestion(asked: Asked, { model, format }: { model: string; format: Format }): object {
  const schema = { name: 'second_reading', strict: true, schema: answerSchema(asked) };
  return {
    model,
    messages: writeMessages(asked, randomBytes(8).toString('hex')),
    temperature: 0,
    seed,
    max_tokens: tokensOfReason + tokensOfScore * asked.guidelines.length,
    stream: false,
    response_format: format === 'json_schema' ? { type: format, json_schema: schema } : { type: format },
  };
}
