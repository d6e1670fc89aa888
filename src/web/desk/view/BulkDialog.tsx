import type { VNode } from 'preact';
import { closeDialog } from '../acts/aside.ts';
import { preview, selectedRows } from '../acts/select.ts';
import type { QueueRow } from '../shapes.ts';
import { SiteName } from './AtSite.tsx';
import { Dialog } from './Dialog.tsx';
import { LeftOut, TogetherActs } from './TogetherActs.tsx';
import { useDesk } from './useDesk.ts';

/** What will be decided together, what is left out and why; afterwards, what could not be decided. */
export function BulkDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  const { dialog, failed } = state.deciding;
  if (dialog !== 'bulk') return null;
  const { rows, excluded } = preview(state, selectedRows(state));
  const labels = {
    approve: words('bulk.approve'),
    guideline: words('verdict.guideline'),
    reject: words('bulk.reject'),
  };
  return (
    <Dialog title={words('bulk.title')} isLong onClose={() => closeDialog(desk)}>
      {failed.length > 0 ? (
        <>
          <h3>{words('bulk.failed', { n: failed.length })}</h3>
          <ul class="bulk-rows">
            {failed.map(({ id, name, why }) => (
              <li key={id}>
                <bdi class="name">{name}</bdi> <span class="faint">{why}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <h3>{words('bulk.will', { n: rows.length })}</h3>
          <ul class="bulk-rows">
            {rows.map((row) => (
              <BulkRow key={row.id} row={row} />
            ))}
          </ul>
          <LeftOut excluded={excluded} />
          {rows.length > 0 && <TogetherActs rows={rows} labels={labels} />}
        </>
      )}
      <p class="dialog-acts">
        <button type="button" class="quiet" onClick={() => closeDialog(desk)}>
          {words('keys.close')}
        </button>
      </p>
    </Dialog>
  );
}

const firstCodeUnits = 90;

function BulkRow({ row }: { row: QueueRow }): VNode {
  const { words } = useDesk();
  const text = row.text ?? words('case.textGone');
  const first = text.length > firstCodeUnits ? `${text.slice(0, firstCodeUnits).toWellFormed()}…` : text;
  return (
    <li>
      <bdi class="name">{row.name ?? words('case.nameless')}</bdi> <SiteName row={row} />{' '}
      <span class="bulk-text" dir={row.dir} lang={row.lang}>
        {first}
      </span>
    </li>
  );
}
