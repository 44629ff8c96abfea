import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../field';
import { FileButton, useFileDrop } from '../file-button';
import { textOf } from '../form';
import { Icon } from '../icon';
import { Note } from '../note';
import { codeOf } from './digits';
import { ScanButton } from './scan-button';
import type { DocumentVerification } from './use-document';

const ACCEPTED = '.pdf,.png,.svg,.json,.jsonld,.jwt,.txt,image/*';
const MAX_MEBIBYTES = 8;
const DIGITS = 12;

/**
 * One box that takes anything: a code that is typed or scanned, a link or credential that is pasted,
 * a file that is dropped. What is handed in is looked at once and kept nowhere.
 *
 * @param props.onCode where a plain code has a page of its own; otherwise it is checked like the rest
 */
export function VerifyBox(props: {
  title: string;
  check: DocumentVerification;
  onCode?: (digits: string) => void;
}) {
  const { t } = useTranslation('verify');
  const { check, onCode } = props;
  const [isTooLarge, setTooLarge] = useState(false);
  const onFile = (file: File): void => {
    const isLarge = file.size > MAX_MEBIBYTES * 1024 ** 2;
    setTooLarge(isLarge);
    if (!isLarge && !check.isPending) check.mutate({ kind: 'file', file });
  };
  const onText = (text: string): void => {
    setTooLarge(false);
    const code = codeOf(text);
    if (code?.length === DIGITS && onCode) onCode(code);
    else if (!check.isPending) check.mutate({ kind: 'text', text: code ?? text });
  };
  const { className, ...drop } = useFileDrop(onFile);
  return (
    <section
      className={className === 'drop over' ? 'card stack box over' : 'card stack box'}
      aria-labelledby="box"
      {...drop}
    >
      <h2 id="box">{props.title}</h2>
      {isTooLarge && (
        <Note tone="bad" urgent title={t('handed.tooLarge', { count: MAX_MEBIBYTES })}>
          <p>{t('handed.tooLargeAdvice')}</p>
        </Note>
      )}
      <TextForm isBusy={check.isPending} onText={onText} onFile={onFile}>
        <ScanButton onText={onText} />
        <FileButton label={t('handed.choose')} accept={ACCEPTED} tone="plain" onFile={onFile} />
      </TextForm>
      <p className="small soft">{t('box.formats', { count: MAX_MEBIBYTES })}</p>
    </section>
  );
}

function TextForm(props: {
  isBusy: boolean;
  onText: (text: string) => void;
  onFile: (file: File) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('verify');
  const [fault, setFault] = useState<string>();
  const entry = useRef<HTMLTextAreaElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textOf(new FormData(event.currentTarget), 'text').trim();
    const code = codeOf(text);
    const isShort = code !== undefined && code.length !== DIGITS;
    const wrong = text === '' ? t('handed.textFault') : undefined;
    const fault = isShort ? t('form.fault', { count: code.length }) : wrong;
    setFault(fault);
    if (fault === undefined) props.onText(text);
    else entry.current?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label={t('box.entry')} hint={t('box.entryHint')} fault={fault}>
        {(control) => (
          <textarea
            {...control}
            ref={entry}
            name="text"
            className="code-entry"
            rows={1}
            autoComplete="off"
            spellCheck={false}
            required
            onKeyDown={sendOnEnter}
            onPaste={(event) => pastedFile(event, props.onFile)}
          />
        )}
      </Field>
      <div className="row">
        <button type="submit" className="button main" disabled={props.isBusy}>
          <Icon name="search" />
          {props.isBusy ? t('box.busy') : t('form.check')}
        </button>
        {props.children}
      </div>
    </form>
  );
}

/** Readers of bar codes end with Enter, as people do; a new line is made with Shift. */
function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function pastedFile(event: ClipboardEvent, onFile: (file: File) => void): void {
  const file = event.clipboardData.files[0];
  if (!file) return;
  event.preventDefault();
  onFile(file);
}
