import { translateAll, type MessageKey } from './messages.ts';

const keys = {
  keep: 'name.keep',
  keepHint: 'name.keepHint',
  kept: 'name.kept',
  giveUp: 'name.giveUp',
  givenUp: 'name.givenUp',
  noKey: 'name.noKey',
  unavailable: 'account.notReached',
} as const satisfies Record<string, MessageKey>;

/** What the form needs to keep a name for whoever writes: what their key signs for, where it gives names up (an address
 *  relative to the server), and the sentences in a language, their places open. */
export type NameKeeping = {
  site: string;
  story: string;
  release: string;
  words: Readonly<Record<keyof typeof keys, string>>;
};

/** Of a story whose site protects names, in a language. */
export function nameKeeping({ site, story }: { site: string; story: string }, language: string): NameKeeping {
  return {
    site,
    story,
    release: `/api/v1/sites/${site}/names/release`,
    words: translateAll(language, keys),
  };
}
