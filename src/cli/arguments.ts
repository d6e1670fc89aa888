import { parseArgs } from 'node:util';
import { isSiteKey } from '../contract/ids.ts';
import { UsageProblem } from './problems.ts';

export type OptionShapes = Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>>;

export type Arguments = {
  positionals: readonly string[];
  /** The option's one value; undefined where it was not given. */
  read: (name: string) => string | undefined;
  /** As `read`, but a command without it makes no sense. Throws a UsageProblem. */
  require: (name: string) => string;
  readAll: (name: string) => readonly string[];
  has: (name: string) => boolean;
};

/** The arguments of a command after its name. Throws a UsageProblem that says how it is called. */
export function readArguments(args: readonly string[], shapes: OptionShapes, usage: string): Arguments {
  const parsed = parse(args, shapes, usage);
  const readAll = (name: string): readonly string[] => {
    const value = parsed.values[name];
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  };
  const read = (name: string): string | undefined => readAll(name)[0];
  return {
    positionals: parsed.positionals,
    read,
    readAll,
    has: (name) => parsed.values[name] === true,
    require: (name) => {
      const value = read(name);
      if (!value) throw new UsageProblem(`--${name} is missing. Usage: ${usage}`);
      return value;
    },
  };
}

function parse(args: readonly string[], shapes: OptionShapes, usage: string) {
  try {
    return parseArgs({ args: [...args], options: { ...shapes }, allowPositionals: true });
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageProblem(`${sentence}. Usage: ${usage}`);
  }
}

/** For commands that take nothing after their name. Throws a UsageProblem, since what was written was meant to matter. */
export function refuseArguments(args: readonly string[], usage: string): void {
  if (args.length > 0) throw new UsageProblem(`"${args[0]}" is not known here. Usage: ${usage}`);
}

/** The key of `--site`. Throws a UsageProblem for what can be none. */
export function requireSite(args: Arguments): string {
  const site = args.require('site');
  if (!isSiteKey(site)) throw new UsageProblem(`"${site}" is no site key: use 1 to 80 of a-z, 0-9 and hyphen.`);
  return site;
}
