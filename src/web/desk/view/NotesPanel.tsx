import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { noteCodePoints, type NoteView } from '../../../contract/desk.ts';
import { directionOf } from '../../../contract/text.ts';
import { addNote, readNotes } from '../acts/aside.ts';
import { tellTime } from '../clock.ts';
import type { QueueRow } from '../shapes.ts';
import { keyFor } from '../state.ts';
import { Key } from './Key.tsx';
import { useDesk, useWishedFocus } from './useDesk.ts';

/** What colleagues noted about the comment, and a field for more. Text nodes only, each in its own direction. */
export function NotesPanel({ row }: { row: QueueRow }): VNode {
  const { desk, words } = useDesk();
  const [notes, setNotes] = useState<readonly NoteView[]>([]);
  const count = row.notes;
  useEffect(() => {
    if (count > 0) void readNotes(desk, row.id).then((read) => read && setNotes(read));
  }, [desk, row.id, count]);
  return (
    <section class="notes" aria-labelledby="notes-title">
      <h3 id="notes-title">{words('note.title')}</h3>
      {notes.length > 0 && (
        <ol>
          {notes.map((note) => (
            <li key={note.id}>
              <p class="small faint">
                <bdi>{note.by}</bdi>, <time dateTime={note.writtenAt}>{tellTime(note.writtenAt)}</time>
              </p>
              <p class="note-text" dir={directionOf(note.text)}>
                {note.text}
              </p>
            </li>
          ))}
        </ol>
      )}
      <NoteForm row={row} />
    </section>
  );
}

function NoteForm({ row }: { row: QueueRow }): VNode {
  const { desk, state, words } = useDesk();
  const ref = useWishedFocus<HTMLTextAreaElement>('note');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const send = async (): Promise<void> => {
    const kept = await addNote(desk, row, text);
    if ('problem' in kept) setProblem(kept.problem);
    else {
      setText('');
      setProblem(undefined);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="small">
        <span>
          {words('note.write')} <Key act="note" />
        </span>
        <textarea
          ref={ref}
          rows={2}
          dir="auto"
          maxLength={noteCodePoints}
          aria-keyshortcuts={keyFor(state, 'note')}
          aria-describedby="note-hint"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="faint small" id="note-hint">
        {words('note.hint')}
      </p>
      <p class="mistake" role="alert">
        {problem}
      </p>
      {text.trim() !== '' && <button type="submit">{words('note.send')}</button>}
    </form>
  );
}
