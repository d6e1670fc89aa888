/** A stretch of a text that stayed, went or came. */
export type TextChange = { kind: 'same' | 'gone' | 'come'; text: string };

// Two texts of 700 words each are compared in half a million steps; longer ones are told as one whole for another.
const mostCells = 500_000;

/** What became of a text, word by word, in reading order. Joined without what came it is the text before, and without what
 *  went the text after. Pure. */
export function compareTexts(before: string, after: string): TextChange[] {
  const [old, fresh] = [cutWords(before), cutWords(after)];
  if (old.length * fresh.length > mostCells) return joinRuns([gone(before), come(after)]);
  const common = measureCommon(old, fresh);
  const changes: TextChange[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [word, other] = [old[at], fresh[to]];
    if (word !== undefined && word === other) {
      changes.push({ kind: 'same', text: word });
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
  return joinRuns(changes);
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
