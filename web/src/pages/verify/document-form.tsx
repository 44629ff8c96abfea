import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/client';
import { Field } from '../../parts/field';
import { FileButton, useFileDrop } from '../../parts/file-button';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { PinForm, asksForPin } from './pin-form';
import type { DocumentVerification } from './use-document';

const ACCEPTED = '.pdf,.png,.svg,.json,.jsonld,.jwt,.txt';
const MAX_MEBIBYTES = 8;

/** Hand in a file or a text to be verified; it is sent at once and kept nowhere. */
export function DocumentForm({ check }: { check: DocumentVerification }) {
  const { t } = useTranslation('verify');
  const [isTooLarge, setTooLarge] = useState(false);
  const onFile = (file: File): void => {
    const isLarge = file.size > MAX_MEBIBYTES * 1024 ** 2;
    setTooLarge(isLarge);
    if (!isLarge && !check.isPending) check.mutate({ kind: 'file', file });
  };
  const drop = useFileDrop(onFile);
  return (
    <section className="card stack" aria-labelledby="document">
      <div>
        <h2 id="document">{t('handed.title')}</h2>
        <p>{t('handed.lead')}</p>
      </div>
      {check.isPending && <Loading />}
      {isTooLarge && (
        <Note tone="bad" urgent title={t('handed.tooLarge', { count: MAX_MEBIBYTES })}>
          <p>{t('handed.tooLargeAdvice')}</p>
        </Note>
      )}
      <Refusal check={check} />
      <div {...drop}>
        <p>{t('handed.drop')}</p>
        <FileButton label={t('handed.choose')} accept={ACCEPTED} onFile={onFile} />
        <p className="small soft">{t('handed.formats', { count: MAX_MEBIBYTES })}</p>
      </div>
      <TextForm check={check} onSend={() => setTooLarge(false)} />
    </section>
  );
}

function TextForm({ check, onSend }: { check: DocumentVerification; onSend: () => void }) {
  const { t } = useTranslation('verify');
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text')).trim();
    setFault(text === '' ? t('handed.textFault') : undefined);
    if (text === '') return;
    onSend();
    check.mutate({ kind: 'text', text });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label={t('handed.text')} hint={t('handed.textHint')} fault={fault}>
        {(control) => (
          <textarea
            {...control}
            name="text"
            rows={4}
            autoComplete="off"
            spellCheck={false}
            required
          />
        )}
      </Field>
      <button type="submit" className="button main" disabled={check.isPending}>
        <Icon name="search" />
        {t('handed.check')}
      </button>
    </form>
  );
}

/** Why there is no answer. A code in a text can be opened here; one in a file is typed above. */
function Refusal({ check }: { check: DocumentVerification }) {
  const { t } = useTranslation('verify');
  const { error, variables: asked } = check;
  if (!error) return null;
  if (!asksForPin(error) || !asked) return <ProblemNote error={error} />;
  if (asked.kind === 'file') {
    return (
      <Note tone="wait" urgent title={(error as ApiProblem).title}>
        <p>{t('handed.pinOfFile')}</p>
      </Note>
    );
  }
  return (
    <PinForm
      problem={error}
      isPending={check.isPending}
      onPin={(pin) => check.mutate({ ...asked, pin })}
    />
  );
}
