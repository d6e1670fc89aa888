import pg from 'pg';
import type { Migration } from './migrate.ts';
import type { Roles } from './roles.ts';

/** A file's text with the roles' names in it. */
export function nameRoles(text: string, roles: Roles): string {
  return text
    .replaceAll('{{writer}}', () => pg.escapeIdentifier(roles.writer))
    .replaceAll('{{reader}}', () => pg.escapeIdentifier(roles.reader));
}

/** Grants the two roles what applied migrations granted to two others: DATABASE_READER_URL came later or went away, or a
 *  dump was restored under another name, and roles are named after the database. True where anything was lacking. */
export async function grantAnew(client: pg.Client, applied: readonly Migration[], roles: Roles): Promise<boolean> {
  if (!(await lackRights(client, applied, roles))) return false;
  for (const { statement } of listGrants(applied)) await client.query(nameRoles(statement, roles));
  return true;
}

/** Whether one of the roles lacks a right that the applied migrations granted. */
export async function lackRights(client: pg.Client, applied: readonly Migration[], roles: Roles): Promise<boolean> {
  const grants = listGrants(applied);
  const rightsOf = (kind: 'writer' | 'reader'): Promise<boolean> => {
    const names = grants.filter(({ to }) => to === kind).flatMap(({ on }) => on);
    return lacksAny(client, roles[kind], names);
  };
  return (await rightsOf('reader')) || (await rightsOf('writer'));
}

async function lacksAny(client: pg.Client, role: string, names: string[]): Promise<boolean> {
  // What a later migration dropped is not looked for. Every grant on a table goes with one to select from it, or from columns
  // of it.
  const { rows } = await client.query<{ lacks: boolean }>(
    `select exists (select from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
         and relname = any($2) and not has_any_column_privilege($1, oid, 'select'))
       or exists (select from pg_proc where pronamespace = current_schema()::regnamespace
         and proname = any($2) and not has_function_privilege($1, oid, 'execute')) as lacks`,
    [role, names],
  );
  return rows[0]?.lacks !== false;
}

type Grant = { statement: string; to: 'writer' | 'reader'; on: string[] };

const grant = /^grant [^;]*? on (function )?([^;]*?)\s+to\s+\{\{(writer|reader)\}\};/gm;

function listGrants(migrations: readonly Migration[]): Grant[] {
  return migrations.flatMap(({ text }) =>
    [...text.matchAll(grant)].map(([statement, isFunction, named = '', to]) => ({
      statement,
      to: to === 'reader' ? 'reader' : 'writer',
      on: isFunction ? [named.replace(/\(.*/s, '')] : named.split(',').map((table) => table.trim()),
    })),
  );
}
