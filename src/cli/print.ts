/** Prints a value as indented JSON on standard output. */
export function printJson(value: unknown): void {
  printLine(JSON.stringify(value, undefined, 2));
}

/** Prints one line on standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
