/** The value of the field `proof`, solved while the reader writes; `renew` for the next one. */
export type Proof = { value(): Promise<string>; renew(): void };

/** Begins to solve as soon as somebody writes. Where the form asks for no proof its value is ''. */
export function createProof(form: HTMLFormElement): Proof {
  const address = form.dataset['fresh'];
  if (!('proof' in form.dataset) || !address) return { value: () => Promise.resolve(''), renew: () => {} };
  let solving: Promise<string> | undefined;
  const value = (): Promise<string> => (solving ??= solve(address));
  form.addEventListener('input', () => void value(), { once: true });
  return {
    value,
    renew: () => {
      solving = undefined;
    },
  };
}

// Few sites ask for a proof: the others' readers do not load what makes one.
async function solve(address: string): Promise<string> {
  try {
    const { solveProof } = await import('./solveProof.ts');
    return await solveProof(address);
  } catch {
    return '';
  }
}
