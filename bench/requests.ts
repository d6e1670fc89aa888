import { texts } from './texts.ts';

/** What one connection sends, again and again. `write` gives the bytes of the next request under its number; the same
 *  bytes are used again after the answer, so a connection has at most one request under way. */
export type Requests = { write(number: number): Buffer };

/** A load as a process of its own takes it, in JSON. Every POST carries another text, and another key where it has one. */
export type Job = {
  port: number;
  path: string;
  connections: number;
  warmSeconds: number;
  seconds: number;
  /** The number of the first request: no two runs against one server send the same text. */
  firstNumber: number;
  headers: Record<string, string>;
  /** Absent for a GET: the fields that hold name and text, and what else the body holds. */
  post?: { name: string; text: string; beside: Record<string, string> };
  /** In place of `post`: what stands beside the text of a call to score it. */
  analyze?: object;
};

const slot = '0000000000';

/** The header value or text part that is replaced by the number of the request, in ten digits. */
export const numberSlot = `n${slot}`;

/** Prepares the requests of one connection: bytes with places for the number, so that sending one costs a few digits. */
export function prepareRequests(job: Job): Requests {
  const sent = job.post || job.analyze ? texts.map((each) => prepareOne(job, each)) : [prepareOne(job)];
  return {
    write: (number) => {
      const { bytes, slots } = sent[number % sent.length] ?? { bytes: Buffer.alloc(0), slots: [] };
      const digits = String(number).padStart(slot.length, '0');
      for (const at of slots) bytes.write(digits, at, 'latin1');
      return bytes;
    },
  };
}

function prepareOne(job: Job, about?: { name: string; text: string }): { bytes: Buffer; slots: number[] } {
  const { path, port, headers } = job;
  const body = about ? JSON.stringify(makeBody(job, about)) : '';
  const lines = [`${about ? 'POST' : 'GET'} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (about) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return { bytes, slots: findSlots(bytes) };
}

function makeBody({ post, analyze }: Job, about: { name: string; text: string }): object {
  const text = `${about.text} (${numberSlot})`;
  return post ? { ...post.beside, [post.name]: about.name, [post.text]: text } : { ...analyze, comment: { text } };
}

function findSlots(bytes: Buffer): number[] {
  const slots: number[] = [];
  for (let at = bytes.indexOf(numberSlot); at >= 0; at = bytes.indexOf(numberSlot, at + 1)) slots.push(at + 1);
  return slots;
}
