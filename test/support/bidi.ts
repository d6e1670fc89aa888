/** A browser at the other end of WebDriver BiDi (w3c.github.io/webdriver-bidi): commands, and what it tells by itself. */
export type Bidi = {
  /** Rejects with the browser's words where it refuses. */
  ask<T>(method: string, params?: object): Promise<T>;
  /** What it tells of one of its tabs. */
  hear<T>(event: string, context: string, listener: (params: T) => void): Promise<unknown>;
  close(): void;
};

type Told = { context?: string; source?: { context?: string } };
type Message = { id?: number; type: string; method?: string; params?: Told; result?: unknown; message?: string };

/** Connects and begins a session. Node brings the WebSocket, so that no driver has to be installed. */
export async function openBidi(address: string): Promise<Bidi> {
  const socket = new WebSocket(`${address}/session`);
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((method: string | undefined, params: Told) => void)[] = [];
  let asked = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else for (const listen of listeners) listen(message.method, message.params ?? {});
  });
  socket.addEventListener('close', () => {
    for (const end of waiting.values()) end({ type: 'error', message: 'the browser is gone' });
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const ask = async <T>(method: string, params: object = {}): Promise<T> => {
    const id = (asked += 1);
    const answered = new Promise<Message>((resolve) => void waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { type, result, message } = await answered;
    waiting.delete(id);
    if (type === 'error') throw new Error(`${method}: ${message}`);
    return result as T;
  };
  await ask('session.new', { capabilities: {} });
  const hear = <T>(event: string, context: string, listener: (params: T) => void): Promise<unknown> => {
    listeners.push((method, params) => {
      if (method === event && (params.context ?? params.source?.context) === context) listener(params as T);
    });
    return ask('session.subscribe', { events: [event], contexts: [context] });
  };
  return { ask, hear, close: () => socket.close() };
}
