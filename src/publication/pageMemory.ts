import type { Page } from './page.ts';

type Group = { pages: Map<string, Page>; bytes: number; used: boolean };

/** Pages in groups, at most so many bytes of them. The groups that nobody reads go first. */
export class PageMemory {
  readonly #groups = new Map<string, Group>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The page of a name, unless its time is over (`now` in milliseconds). Allocates nothing: this is the hot path. */
  find(groupName: string, name: string, now: number): Page | undefined {
    const group = this.#groups.get(groupName);
    const page = group?.pages.get(name);
    if (!group || !page || now >= page.until) return undefined;
    group.used = true;
    return page;
  }

  /** Keeps a page, unless it is a giant for which nearly everything else would have to go. */
  keep(groupName: string, name: string, page: Page): void {
    if (page.bytes > this.#mostBytes / 4) return;
    const group = this.#groups.get(groupName) ?? { pages: new Map(), bytes: 0, used: false };
    const grown = page.bytes - (group.pages.get(name)?.bytes ?? 0);
    group.pages.set(name, page);
    group.bytes += grown;
    this.#bytes += grown;
    this.#groups.set(groupName, group);
    if (this.#bytes > this.#mostBytes) this.#makeRoom();
  }

  drop(groupName: string): void {
    this.#bytes -= this.#groups.get(groupName)?.bytes ?? 0;
    this.#groups.delete(groupName);
  }

  dropWhere(touched: (groupName: string) => boolean): void {
    for (const name of this.#groups.keys()) if (touched(name)) this.drop(name);
  }

  /** Whether a page of the group is followed by this cursor. */
  leadsTo(groupName: string, cursor: string): boolean {
    for (const { next } of this.#groups.get(groupName)?.pages.values() ?? []) if (next === cursor) return true;
    return false;
  }

  /** Drops the groups that nobody read since the last time round, the oldest first, until the bytes fit. */
  #makeRoom(): void {
    for (const [name, group] of this.#groups) {
      if (this.#bytes <= this.#mostBytes) return;
      if (!group.used) {
        this.drop(name);
        continue;
      }
      group.used = false;
      this.#groups.delete(name);
      this.#groups.set(name, group);
    }
  }
}
