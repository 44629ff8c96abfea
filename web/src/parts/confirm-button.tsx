import { type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A button whose act cannot be taken back: it asks once, in a native dialog. */
export function ConfirmButton(props: {
  label: ReactNode;
  title: string;
  question: ReactNode;
  confirmLabel: string;
  tone?: 'main' | 'grave' | 'plain';
  disabled?: boolean;
  onConfirm: () => void;
}) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const tone = props.tone ?? 'main';
  const className = tone === 'plain' ? 'button' : `button ${tone}`;
  return (
    <>
      <button
        type="button"
        className={className}
        disabled={props.disabled}
        onClick={() => dialog.current?.showModal()}
      >
        {props.label}
      </button>
      <dialog ref={dialog} aria-labelledby={titleId}>
        <h2 id={titleId}>{props.title}</h2>
        <div>{props.question}</div>
        <form method="dialog" className="row dialog-actions">
          <button type="submit" className={className} onClick={props.onConfirm}>
            {props.confirmLabel}
          </button>
          <button type="submit" className="button">
            {t('cancel')}
          </button>
        </form>
      </dialog>
    </>
  );
}
