import type { StoredEvent } from './refold.ts';

/** A report as it is stored. `decision` is the removal that upheld it. */
export type StoredReport = {
  id: string;
  state: string;
  explanation: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decision: number | null;
};

/** The first report of a comment that came to something else than its events say, or a dismissal that names a report which
 *  was not dismissed; undefined when there is none. By the same rules as `fold_reports` of the database and written apart
 *  from it. A report is no event, so an open one is taken as it stands. Of an erased comment the events have lost what they
 *  named: then author and time alone are compared. Pure. */
export function checkReports(events: readonly StoredEvent[], stored: readonly StoredReport[]): string | undefined {
  const isErased = events.at(-1)?.kind === 'erased';
  for (const report of stored) {
    if (report.state === 'open') continue;
    const settling = events.find((event) => settles(event, report));
    if (!settling) return `report ${report.id} is ${report.state} by no event`;
    if (report.explanation !== wordsOf(settling)) return `report ${report.id} has other words than its event`;
  }
  const dismissed = new Set(stored.filter(({ state }) => state === 'dismissed').map(({ id }) => id));
  const named = events.filter(({ kind }) => kind === 'reports_dismissed').flatMap(reportsOf);
  const standing = isErased ? undefined : named.find((id) => !dismissed.has(id));
  return standing && `report ${standing} was dismissed, and is stored as something else`;
}

function settles(event: StoredEvent, { id, state, decidedBy, decidedAt, decision }: StoredReport): boolean {
  const { kind, body, seq, actor, at } = event;
  if (actor !== decidedBy || at.getTime() !== decidedAt?.getTime()) return false;
  if (state === 'upheld')
    return kind === 'decided' && decision === seq && (body === null || body['verdict'] === 'remove');
  if (state === 'dismissed') return kind === 'reports_dismissed' && (body === null || reportsOf(event).includes(id));
  return kind === 'withdrawn' || kind === 'erased';
}

function reportsOf({ body }: StoredEvent): string[] {
  const named = body?.['reports'];
  return Array.isArray(named) ? named.map(String) : [];
}

function wordsOf({ kind, body }: StoredEvent): string | null {
  const words = body?.['explanation'];
  return kind === 'reports_dismissed' && typeof words === 'string' ? words : null;
}
