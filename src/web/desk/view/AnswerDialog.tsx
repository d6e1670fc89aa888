import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { answerAsNewsroom, closeDialog } from '../acts/aside.ts';
import type { QueueRow } from '../shapes.ts';
import { Dialog } from './Dialog.tsx';
import { useDesk } from './useDesk.ts';

/** Answers the published comment on the table in the name of the newsroom. */
export function AnswerDialog(): VNode | null {
  const { desk, state, words } = useDesk();
  const { shown, deciding } = state;
  if (deciding.dialog !== 'answer' || !shown) return null;
  return (
    <Dialog title={words('answer.title')} onClose={() => closeDialog(desk)}>
      <AnswerForm row={shown} />
    </Dialog>
  );
}

const mostCodeUnits = 4000;

function AnswerForm({ row }: { row: QueueRow }): VNode {
  const { desk, words } = useDesk();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  // Made with the form: whatever happens to the network, it is one answer.
  const id = useMemo(makePublicId, []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void answerAsNewsroom(desk, row, { id, text }).then(setProblem);
      }}
    >
      <label>
        {words('answer.text')}
        <textarea
          rows={6}
          required
          dir="auto"
          maxLength={mostCodeUnits}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="faint small">{words('answer.hint')}</p>
      <p class="mistake" role="alert">
        {problem}
      </p>
      <p class="dialog-acts">
        <button type="submit" class="primary">
          {words('answer.send')}
        </button>
        <button type="button" class="quiet" onClick={() => closeDialog(desk)}>
          {words('verdict.cancel')}
        </button>
      </p>
    </form>
  );
}

/** A random UUID (version 4). `crypto.randomUUID` is missing where a desk in a local network has no TLS. */
function makePublicId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
