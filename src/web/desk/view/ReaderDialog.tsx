import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ReaderView } from '../../../contract/sanction.ts';
import { imposeSanction, readReader } from '../acts/sanctions.ts';
import type { PartProps } from '../sanctionFields.ts';
import type { QueueRow } from '../shapes.ts';
import { Dialog } from './Dialog.tsx';
import { SanctionForm } from './SanctionForm.tsx';
import { SanctionLine } from './SanctionLine.tsx';
import { useDesk } from './useDesk.ts';

/** `fields` outlive the dialog: what was written stays when it is closed. `onClose` hears whether a measure was imposed. */
export type ReaderDialogProps = PartProps & { row: QueueRow; onClose: (isDone: boolean) => void };

/** What is known of a comment's reader, and the form to impose a measure. */
export function ReaderDialog({ row, fields, set, onClose }: ReaderDialogProps): VNode {
  const { desk, words } = useDesk();
  const [view, setView] = useState<ReaderView | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  useEffect(() => {
    let isGone = false;
    void readReader(desk, row.id).then((found) => {
      if (isGone) return;
      if ('body' in found) setView(found.body);
      else setProblem(found.problem);
    });
    return () => {
      isGone = true;
    };
  }, [desk, row.id]);
  const impose = async (body: object): Promise<void> => {
    const against = await imposeSanction(desk, row.id, body);
    if (against === undefined) onClose(true);
    else setProblem(against);
  };
  const leave = (): void => onClose(false);
  return (
    <Dialog title={words('reader.title', { name: row.name ?? words('case.nameless') })} isLong onClose={leave}>
      <div class="reader-sheet">
        {!view && !problem && <p role="status">{words('readers.loading')}</p>}
        {view && <ReaderFigures view={view} />}
        {view && view.sanctions.length > 0 && (
          <section aria-labelledby="reader-before">
            <h3 id="reader-before">{words('reader.before')}</h3>
            <ul class="sanctions">
              {view.sanctions.map((sanction) => (
                <SanctionLine key={sanction.id} sanction={sanction} />
              ))}
            </ul>
          </section>
        )}
        {view && <SanctionForm view={view} fields={fields} set={set} onSend={impose} onCancel={leave} />}
        <p class="mistake" role="alert">
          {problem}
        </p>
        {!view && (
          <button type="button" onClick={leave}>
            {words('keys.close')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function ReaderFigures({ view }: { view: ReaderView }): VNode {
  const { words } = useDesk();
  const { underName, fromNetwork, appeals } = view;
  return (
    <>
      <p>{words('reader.underName', underName)}</p>
      {fromNetwork && <p>{words('reader.fromNetwork', fromNetwork)}</p>}
      {appeals.decided > 0 && <p>{words('reader.appeals', appeals)}</p>}
      <p class="faint small">{words('reader.nameHint')}</p>
    </>
  );
}
