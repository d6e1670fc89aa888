/** How long a reader waits for the machine's look at the text. On a slower line the comment goes without it. */
const mostMilliseconds = 1_500;

/** Whether the comment is sent now: false where a notice was shown instead, and the reader decides. Only a site that wants it is
 *  asked, and whatever goes wrong the comment goes. Never throws. */
export function mayGo(form: HTMLFormElement): Promise<boolean> {
  if (form.dataset['check'] === undefined) return Promise.resolve(true);
  const signal = AbortSignal.timeout(mostMilliseconds);
  const late = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(true)));
  const asked = import('./askFirst.ts').then(({ askFirst }) => askFirst(form, signal));
  return Promise.race([late, asked]).catch(() => true);
}
