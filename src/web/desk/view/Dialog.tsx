import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export type DialogProps = {
  title: string;
  /** For a long text: the focus begins at its title, not at the first thing to press below it. */
  isLong?: boolean;
  onClose?: (() => void) | undefined;
  children: ComponentChildren;
};

/** A modal dialog: the browser keeps the focus inside and gives it back afterwards. Without `onClose` Escape does not
 *  close it. */
export function Dialog({ title, isLong = false, onClose, children }: DialogProps): VNode {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    if (isLong) dialog?.querySelector('h2')?.focus();
    return () => dialog?.close();
  }, [isLong]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={id} tabIndex={isLong ? -1 : undefined}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
