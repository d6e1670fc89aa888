import type { ComponentType, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { tellTime } from '../clock.ts';
import { freshFields } from '../sanctionFields.ts';
import { toldWords } from '../sanctionWords.ts';
import type { QueueRow } from '../shapes.ts';
import { accountHere, tell } from '../state.ts';
import type { ReaderDialogProps } from './ReaderDialog.tsx';
import { useDesk } from './useDesk.ts';

type Dialog = ComponentType<ReaderDialogProps>;

/** What stands beside the comment of a reader under a sanction, and the way to impose one. */
export function ReaderControl({ row }: { row: QueueRow }): VNode | null {
  const { desk, state, words } = useDesk();
  const [Opened, setOpened] = useState<{ dialog: Dialog } | null>(null);
  const [fields, setFields] = useState(freshFields);
  if (row.byNewsroom || row.state === 'erased') return null;
  // A measure holds on the whole site: whoever reaches a part of it reads what stands, and imposes none.
  const isWhole = accountHere(state)?.sections.length === 0;
  if (!isWhole && row.sanctions.length === 0) return null;
  // Fetched by whoever asks for it: most cases need none.
  const open = async (): Promise<void> => {
    try {
      setOpened({ dialog: (await import('./ReaderDialog.tsx')).ReaderDialog });
    } catch {
      tell(desk, words('said.unreachable'), 'bad');
    }
  };
  return (
    <div class="reader-control">
      <ReaderNotes row={row} />
      {isWhole && (
        <button type="button" class="quiet" onClick={() => void open()}>
          {words('reader.button')}
        </button>
      )}
      {Opened && (
        <Opened.dialog
          row={row}
          fields={fields}
          set={(change) => setFields({ ...fields, ...change })}
          onClose={(isDone) => {
            setOpened(null);
            if (isDone) setFields(freshFields);
          }}
        />
      )}
    </div>
  );
}

function ReaderNotes({ row }: { row: QueueRow }): VNode | null {
  const { words } = useDesk();
  if (row.sanctions.length === 0) return null;
  return (
    <ul class="reader-notes" aria-label={words('reader.notes')}>
      {row.sanctions.map((note) => (
        <li key={note.id} data-past={note.inForce ? undefined : 'true'}>
          <strong>{words(toldWords[note.measure])}</strong>{' '}
          <span class="faint">
            {words(note.inForce ? 'sanction.until' : 'sanction.over', { time: tellTime(note.endsAt) })}
            {' · '}
            <bdi>{note.by}</bdi>
          </span>
          {note.explanation !== null && <p dir="auto">{note.explanation}</p>}
        </li>
      ))}
    </ul>
  );
}
