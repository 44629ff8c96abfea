import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { conversionApi } from '../../api/conversion';
import type { Application } from '../../api/types';
import { WITH_PEOPLE } from '../../parts/application-state';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { DownloadButton } from '../../parts/download-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';
import { useAct, useClient, useWhose } from './record';

const WITHDRAWABLE: readonly string[] = ['draft', 'submitted', 'evaluating', ...WITH_PEOPLE];
const WITH_LETTER: readonly string[] = ['booked', 'rejected', 'refused', 'revoked'];
const MAX_REASON = 500;

/** What the learner can do about an application as it stands. */
export function ApplicationActs({ application }: { application: Application }) {
  const { t } = useTranslation('learner');
  const { acts } = useWhose();
  const client = useClient();
  const { id, state, appealUntil } = application;
  const submit = useAct((on) => conversionApi.submit(on, id));
  const withdraw = useAct((on) => conversionApi.withdraw(on, id));
  const mayApply = acts.includes('apply');
  return (
    <div className="no-print stack">
      {submit.isError && <ProblemNote error={submit.error} />}
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      <div className="row">
        {mayApply && state === 'draft' && (
          <button
            type="button"
            className="button main"
            disabled={submit.isPending}
            onClick={() => submit.mutate()}
          >
            {t('application.submit')}
          </button>
        )}
        {mayApply && state === 'rejected' && appealUntil && <Appeal id={id} />}
        {WITH_LETTER.includes(state) && (
          <DownloadButton
            label={t('application.letter')}
            fileName="decision-letter.pdf"
            load={() => conversionApi.letter(client, id)}
          />
        )}
        {mayApply && WITHDRAWABLE.includes(state) && (
          <ConfirmButton
            tone="grave"
            label={t(state === 'draft' ? 'application.discard' : 'application.withdraw')}
            title={t('application.withdrawTitle')}
            question={<p>{t('application.withdrawQuestion')}</p>}
            confirmLabel={t('application.withdraw')}
            disabled={withdraw.isPending}
            onConfirm={() => withdraw.mutate()}
          />
        )}
      </div>
    </div>
  );
}

/** Asks a second panel: once, in the days that the rejection announced. */
function Appeal({ id }: { id: string }) {
  const { t } = useTranslation('learner');
  return (
    <DialogButton label={t('appeal.open')} title={t('appeal.title')} tone="main">
      {(close) => <AppealForm id={id} onDone={close} />}
    </DialogButton>
  );
}

function AppealForm({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const appeal = useAct((client, reason: string) => conversionApi.appeal(client, id, reason));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason').trim();
    appeal.mutate(reason, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <p>{t('appeal.text')}</p>
      {appeal.isError && <ProblemNote error={appeal.error} />}
      <Field label={t('appeal.reason')} hint={t('appeal.reasonHint')}>
        {(control) => <textarea {...control} name="reason" maxLength={MAX_REASON} required />}
      </Field>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={appeal.isPending}>
          {t('appeal.send')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}
