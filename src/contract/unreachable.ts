/** Ends a switch over a closed union; the compiler complains where a case is missing. Throws if reached at run time. */
export function assertUnreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
