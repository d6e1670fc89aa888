import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatSettings } from '../../src/readers/chat.ts';

/** A question as a chat server got it. `comment` is what the data message holds under the field of that question. */
export type Heard = {
  path: string | undefined;
  authorization: string | undefined;
  body: Record<string, unknown>;
  policy: string;
  data: string;
  comment: string;
  keys: string[];
};

/** How a server answers one question. */
export type Play = (heard: Heard, response: http.ServerResponse) => void;

/** A real HTTP server on loopback that speaks the chat API as a test wants it to. */
export type ChatServer = {
  settings: ChatSettings;
  heard: Heard[];
  play: (how: Play) => void;
  close: () => Promise<void>;
};

/** Starts it; a good model that finds nothing, until told otherwise. */
export async function startChatServer(settings: Partial<ChatSettings> = {}): Promise<ChatServer> {
  const heard: Heard[] = [];
  let play: Play = (question, response) => say(response, answerOf(question, 0.1));
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const question = hear(request, body);
      heard.push(question);
      play(question, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/v1`;
  return {
    settings: { url, model: 'a model of the tests', timeoutMilliseconds: 5000, daily: 1000, ...settings },
    heard,
    play: (how) => void (play = how),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hear(request: http.IncomingMessage, written: string): Heard {
  const body = JSON.parse(written) as Record<string, unknown>;
  const messages = body['messages'] as { content: string }[];
  const [policy = '', data = ''] = messages.map(({ content }) => content);
  const fields = Object.entries(JSON.parse(data) as Record<string, string>);
  return {
    path: request.url,
    authorization: request.headers.authorization,
    body,
    policy,
    data,
    comment: fields.find(([name]) => name.startsWith('comment-'))?.[1] ?? '',
    keys: [...policy.matchAll(/^\{"key":"([^"]+)"/gm)].map(([, key]) => key ?? ''),
  };
}

/** What a model that keeps to the schema says, with one score for every guideline. */
export function answerOf({ keys }: Pick<Heard, 'keys'>, score: number, reason = 'Nothing of note.'): string {
  return JSON.stringify({ scores: Object.fromEntries(keys.map((key) => [key, score])), reason });
}

/** Sends an answer in the envelope of the chat API. */
export function say(response: http.ServerResponse, content: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  );
}
