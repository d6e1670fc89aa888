/** Resolves at the first SIGTERM or SIGINT. The listeners stay, so that a second one does not cut the drain short. */
export function waitForStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  return promise;
}
