/** Does one thing after another: whoever asks for what is being done, or waits its turn, shares it. A failure is that of
 *  those alone who asked for it. */
export function doInTurn<Result>(): (key: string, act: () => Promise<Result>) => Promise<Result> {
  const under = new Map<string, Promise<Result>>();
  let last: Promise<unknown> = Promise.resolve();
  return (key, act) => {
    const known = under.get(key);
    if (known) return known;
    const result = last.then(act).finally(() => under.delete(key));
    under.set(key, result);
    last = result.catch(() => {});
    return result;
  };
}
