import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { joiningApi } from '../../api/joining';
import { ApiProblem } from '../../api/problem';
import { Field } from '../../parts/field';
import { trimmedOf } from '../../parts/form';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';

/** What became of a request, for whoever holds its receipt; a late answer arrives by itself. */
export function RequestState(props: { receipt: string; onReceipt: (receipt: string) => void }) {
  const { t } = useTranslation('joining');
  const { receipt, onReceipt } = props;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onReceipt(trimmedOf(new FormData(event.currentTarget), 'receipt'));
  };
  return (
    <section className="card stack" aria-labelledby="state">
      <h2 id="state">{t('state.title')}</h2>
      <form onSubmit={submit} key={receipt}>
        <Field label={t('state.label')} hint={t('state.hint')}>
          {(control) => (
            <input
              {...control}
              name="receipt"
              required
              maxLength={100}
              defaultValue={receipt}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <div className="row">
          <button type="submit" className="button main">
            {t('state.show')}
          </button>
          {receipt !== '' && (
            <button type="button" className="button" onClick={() => onReceipt('')}>
              {t('state.forget')}
            </button>
          )}
        </div>
      </form>
      {receipt !== '' && <State receipt={receipt} />}
    </section>
  );
}

function State({ receipt }: { receipt: string }) {
  const { t } = useTranslation('joining');
  const format = useFormat();
  const names = useInstitutionNames();
  const state = useQuery({
    queryKey: ['joining', receipt],
    queryFn: () => joiningApi.state(receipt),
    ...live,
  });
  if (state.isPending) return <Loading />;
  if (state.isError) return <Wrong error={state.error} />;
  const { code, reason, institutionId } = state.data;
  const name = institutionId === null ? undefined : names.get(institutionId);
  return (
    <div aria-live="polite">
      {state.data.state === 'waiting' && (
        <Note tone="wait" title={t('state.waiting')}>
          <p>{t('state.waitingText', { code })}</p>
        </Note>
      )}
      {state.data.state === 'accepted' && (
        <Note tone="good" title={t('state.accepted')}>
          <p>{t('state.acceptedText', { name: name ? format.text(name) : code })}</p>
          <p>
            <Link to="/invitation">{t('state.open')}</Link>
          </p>
        </Note>
      )}
      {state.data.state === 'refused' && (
        <Note tone="bad" title={t('state.refused')}>
          <p>{t('state.refusedText', { reason: reason ?? '' })}</p>
        </Note>
      )}
    </div>
  );
}

function Wrong({ error }: { error: unknown }) {
  const { t } = useTranslation('joining');
  const isUnknown = error instanceof ApiProblem && error.status === 404;
  return isUnknown ? (
    <Note tone="bad" urgent title={t('state.wrong')} />
  ) : (
    <ProblemNote error={error} />
  );
}
