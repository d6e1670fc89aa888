/** A stretch of a text that stayed, went or came. */
export type TextChange = { kind: 'same' | 'gone' | 'come'; text: string };

// Half a million steps are a few milliseconds, and 350 words (with as many spaces) against as many; where more than that differs,
// it is told as one whole for another.
const mostCells = 500_000;

/** What became of a text, word by word, in reading order. Joined without what came it is the text before, and without what
 *  went the text after. Pure. */
export function compareTexts(before: string, after: string): TextChange[] {
  const [old, fresh] = [cutWords(before), cutWords(after)];
  const start = countAlike(old, fresh);
  const end = countAlike(old.slice(start).toReversed(), fresh.slice(start).toReversed());
  return joinRuns([
    ...old.slice(0, start).map(same),
    ...compareWords(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(same),
  ]);
}

/** How many words stand at the beginning of both. */
function countAlike(old: readonly string[], fresh: readonly string[]): number {
  const at = old.findIndex((word, place) => word !== fresh[place]);
  return at < 0 ? old.length : at;
}

function compareWords(old: readonly string[], fresh: readonly string[]): TextChange[] {
  if (old.length * fresh.length > mostCells) return [gone(old.join('')), come(fresh.join(''))];
  const common = measureCommon(old, fresh);
  const changes: TextChange[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [word, other] = [old[at], fresh[to]];
    if (word !== undefined && word === other) {
      changes.push(same(word));
      at += 1;
      to += 1;
    } else if (
      other === undefined ||
      (word !== undefined && (common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0))
    ) {
      changes.push(gone(word ?? ''));
      at += 1;
    } else {
      changes.push(come(other));
      to += 1;
    }
  }
  return changes;
}

function same(text: string): TextChange {
  return { kind: 'same', text };
}

function gone(text: string): TextChange {
  return { kind: 'gone', text };
}

function come(text: string): TextChange {
  return { kind: 'come', text };
}

function cutWords(text: string): string[] {
  return text.match(/\s+|[^\s]+/gu) ?? [];
}

/** How many words the rests of both texts have in common, by the place where each rest begins. */
function measureCommon(old: readonly string[], fresh: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = fresh.length - 1; to >= 0; to--) {
      const [row, next] = [rows[at], rows[at + 1]];
      if (!row || !next) continue;
      row[to] = old[at] === fresh[to] ? (next[to + 1] ?? 0) + 1 : Math.max(next[to] ?? 0, row[to + 1] ?? 0);
    }
  }
  return rows;
}

function joinRuns(changes: readonly TextChange[]): TextChange[] {
  const joined: TextChange[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    if (change.text === '') continue;
    if (last?.kind === change.kind) last.text += change.text;
    else joined.push({ ...change });
  }
  return joined;
}
