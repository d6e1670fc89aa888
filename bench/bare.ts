// What Stet is measured against: `node bench/bare.ts SETTINGS`. Fastify with a few routes and nothing else: one validates
// a comment with a JSON schema of the same limits and stores nothing, one sends the bytes and headers of a fragment, one
// validates a text that is to be scored and scores nothing.
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

/** What the process is told, in JSON. */
export type BareSettings = {
  port: number;
  /** An answer of Stet to a comment: the same is answered here. */
  held?: Record<string, string>;
  /** The fragment's bytes in a file, and the headers that Stet sent with them. */
  fragment?: { file: string; headers: Record<string, string> };
  /** An answer of Stet to a call to score a text: the same is answered here. */
  analyzed?: Record<string, unknown>;
};

const { port, held, fragment, analyzed } = JSON.parse(process.argv[2] ?? '') as BareSettings;

// contract/comment.ts; ajv counts code points, too.
const body = {
  type: 'object',
  required: ['name', 'text'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 80 },
    text: { type: 'string', minLength: 1, maxLength: 4000 },
    email: { type: 'string', maxLength: 254 },
    parentId: { type: 'string', maxLength: 36 },
  },
};

const app = fastify({ logger: false, bodyLimit: 65_536 });
app.post('/api/v1/sites/:site/stories/:story/comments', { schema: { body } }, (_request, reply) => {
  reply.code(202).send(held);
});
if (fragment) {
  const bytes = readFileSync(fragment.file);
  app.get('/api/v1/sites/:site/stories/:story/thread.html', (_request, reply) => {
    reply.headers(fragment.headers).send(bytes);
  });
}
// scoring/messages.ts.
const analyzeBody = {
  type: 'object',
  required: ['comment', 'requestedAttributes'],
  properties: {
    comment: {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string', minLength: 1, maxLength: 20_480 } },
    },
    requestedAttributes: { type: 'object', minProperties: 1, maxProperties: 64 },
  },
};
app.post('/v1alpha1/comments::analyze', { schema: { body: analyzeBody } }, (_request, reply) => {
  reply.send(analyzed);
});
app.get('/readyz', (_request, reply) => {
  reply.send({ ready: true });
});
await app.listen({ host: '127.0.0.1', port });
