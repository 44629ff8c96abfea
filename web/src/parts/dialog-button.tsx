import { type ReactNode, useId, useRef, useState } from 'react';

/**
 * A button that opens a native dialog with a form of its own. What stands in the dialog is made
 * anew each time it opens, and may close it. Escape and the browser's back close it as well.
 */
export function DialogButton(props: {
  label: ReactNode;
  title: string;
  tone?: 'main' | 'grave' | 'plain';
  disabled?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const tone = props.tone ?? 'plain';
  const open = (): void => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button
        type="button"
        className={tone === 'plain' ? 'button' : `button ${tone}`}
        disabled={props.disabled}
        onClick={open}
      >
        {props.label}
      </button>
      <dialog ref={dialog} aria-labelledby={titleId} onClose={() => setOpen(false)}>
        <h2 id={titleId}>{props.title}</h2>
        {isOpen && props.children(() => dialog.current?.close())}
      </dialog>
    </>
  );
}
