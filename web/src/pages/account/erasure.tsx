import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import type { Erasure, ErasureGround } from '../../api/types';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { useFormat } from '../../parts/use-format';

const GROUNDS = [
  'request',
  'consent-withdrawn',
  'purpose-ended',
  'retention-ended',
  'unlawful',
] as const satisfies readonly ErasureGround[];

/** Have everything about oneself destroyed: what goes, what must stay and why, and the way back. */
export function ErasureSection() {
  const { t } = useTranslation('mine');
  const queries = useQueryClient();
  const erasure = useQuery({
    queryKey: ['own', 'me', 'erasure'],
    queryFn: ownDataApi.erasure,
  });
  const afterwards = {
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
  };
  const keep = useMutation({ mutationFn: ownDataApi.keep, ...afterwards });
  const frozen = erasure.data?.state === 'frozen' ? erasure.data : null;
  return (
    <section className="card stack" aria-labelledby="erasure">
      <h2 id="erasure">{t('erasure.title')}</h2>
      {erasure.isError && <ProblemNote error={erasure.error} />}
      {keep.isError && <ProblemNote error={keep.error} />}
      {frozen && <Frozen erasure={frozen} onKeep={() => keep.mutate()} />}
      {erasure.isSuccess && !frozen && (
        <>
          <p>{t('erasure.goes')}</p>
          <p>{t('erasure.stays')}</p>
          <div className="no-print">
            <DialogButton tone="grave" label={t('erasure.ask')} title={t('erasure.askTitle')}>
              {(close) => <EraseForm onDone={close} />}
            </DialogButton>
          </div>
        </>
      )}
    </section>
  );
}

function Frozen({ erasure, onKeep }: { erasure: Erasure; onKeep: () => void }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  return (
    <Note tone="wait" title={t('erasure.frozen', { date: format.date(erasure.dueAt ?? '') })}>
      <p>{t('erasure.frozenText')}</p>
      <p>
        <button type="button" className="button main" onClick={onKeep}>
          {t('erasure.takeBack')}
        </button>
      </p>
    </Note>
  );
}

function EraseForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('mine');
  const { t: tc } = useTranslation();
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: ownDataApi.erase,
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const chosen = textOf(new FormData(event.currentTarget), 'ground');
    erase.mutate(GROUNDS.find((ground) => ground === chosen) ?? 'request');
  };
  return (
    <form onSubmit={submit}>
      <p>{t('erasure.atOnce')}</p>
      <p>{t('erasure.stays')}</p>
      {erase.isError && <ProblemNote error={erase.error} />}
      <Field label={t('erasure.ground')}>
        {(control) => (
          <select {...control} name="ground">
            {GROUNDS.map((ground) => (
              <option key={ground} value={ground}>
                {t(`erasure.grounds.${ground}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="choice">
        <input type="checkbox" required />
        {t('erasure.understood')}
      </label>
      <div className="row dialog-actions">
        <button type="submit" className="button grave" disabled={erase.isPending}>
          {t('erasure.ask')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}
