/** A statement as PostgreSQL wants it: text with $1, $2 … and the values that stand behind them. */
export type Sql = { text: string; values: unknown[] };

// Text and values as they were written, so that a fragment inside another statement can be numbered anew. Kept beside the
// fragment and not in it: an object that a reader sent is never taken for a piece of SQL, whatever its fields are.
const writtenParts = new WeakMap<Sql, { strings: readonly string[]; inserted: readonly unknown[] }>();

/** Makes a statement out of a template: each `${value}` becomes a numbered parameter, each `${sql`…`}` is woven in with
 *  its own parameters numbered on. There is no way to insert raw text; a column or table name chosen at run time is a
 *  choice between two fragments. Throws for `undefined`, which is nearly always a forgotten field (`null` is said). */
export function sql(strings: TemplateStringsArray, ...inserted: unknown[]): Sql {
  const values: unknown[] = [];
  const text = weave(strings, inserted, values);
  const statement: Sql = { text, values };
  writtenParts.set(statement, { strings: [...strings], inserted });
  return statement;
}

/** Weaves fragments together with a comma (`joinSql([sql`a = ${1}`, sql`b = ${2}`])`) or with `and`/`or`. An empty list
 *  gives an empty fragment, which the caller has to want. */
export function joinSql(fragments: readonly Sql[], word: ',' | 'and' | 'or' = ','): Sql {
  const between = Array.from({ length: Math.max(fragments.length - 1, 0) }, () => ` ${word} `);
  const strings = fragments.length === 0 ? [''] : ['', ...between, ''];
  const values: unknown[] = [];
  const joined: Sql = { text: weave(strings, fragments, values), values };
  writtenParts.set(joined, { strings, inserted: fragments });
  return joined;
}

function weave(strings: readonly string[], inserted: readonly unknown[], values: unknown[]): string {
  let text = strings[0] ?? '';
  for (const [index, value] of inserted.entries()) {
    const fragment = typeof value === 'object' && value !== null ? writtenParts.get(value as Sql) : undefined;
    if (fragment) text += weave(fragment.strings, fragment.inserted, values);
    else {
      if (value === undefined) throw new TypeError(`a value of this statement is undefined: ${text.trimEnd()} …`);
      text += `$${values.push(value)}`;
    }
    text += strings[index + 1] ?? '';
  }
  return text;
}
