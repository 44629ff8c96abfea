import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Retirement as Ending, retirementsApi } from '../../api/drafts';
import type { RuleReading } from '../../api/rules';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { bankToday } from './day';

const MAX_REASON = 300;

/** How a version is ended: one person proposes a last day, another agrees. */
export function Retirement({ reading }: { reading: RuleReading }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { id, version } = reading;
  const ending = useQuery({
    queryKey: ['rules', id, 'retirement', version],
    queryFn: () => retirementsApi.show(id, version),
    ...live,
  });
  if (reading.state === 'ended') return null;
  const proposal = ending.data?.state === 'proposed' ? ending.data : null;
  return (
    <section className="card stack" aria-labelledby="retirement">
      <div>
        <h2 id="retirement">{t('retire.title')}</h2>
        <p>{t('retire.lead')}</p>
      </div>
      {ending.data?.state === 'retired' && ending.data.endsOn !== null && (
        <Note tone="good" title={t('retire.done', { on: format.date(ending.data.endsOn) })} />
      )}
      {ending.data?.state === 'rejected' && (
        <Note tone="quiet" title={t('retire.rejected')}>
          <p>{ending.data.reason}</p>
        </Note>
      )}
      {proposal ? (
        <Proposal reading={reading} proposal={proposal} />
      ) : (
        <Propose reading={reading} />
      )}
    </section>
  );
}

function useEndings(reading: RuleReading) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['rules', reading.id] });
}

function Propose({ reading }: { reading: RuleReading }) {
  const { t } = useTranslation(['rulebook', 'common']);
  const refresh = useEndings(reading);
  const propose = useMutation({
    mutationFn: (form: FormData) =>
      retirementsApi.propose(reading.id, reading.version, {
        endsOn: textOf(form, 'endsOn'),
        reason: textOf(form, 'reason').trim(),
      }),
    onSettled: refresh,
  });
  return (
    <div>
      <DialogButton label={t('retire.propose')} title={t('retire.title')} tone="grave">
        {(close) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              propose.mutate(new FormData(event.currentTarget), { onSuccess: close });
            }}
          >
            {propose.isError && <ProblemNote error={propose.error} />}
            <Field label={t('retire.endsOn')} hint={t('retire.endsOnHint')}>
              {(control) => (
                <input {...control} type="date" name="endsOn" required min={bankToday()} />
              )}
            </Field>
            <Field label={t('retire.reason')} hint={t('retire.reasonHint')}>
              {(control) => <textarea {...control} name="reason" required maxLength={MAX_REASON} />}
            </Field>
            <div className="row">
              <button type="submit" className="button grave" disabled={propose.isPending}>
                {t('retire.propose')}
              </button>
              <button type="button" className="button" onClick={close}>
                {t('common:cancel')}
              </button>
            </div>
          </form>
        )}
      </DialogButton>
    </div>
  );
}

function Proposal({ reading, proposal }: { reading: RuleReading; proposal: Ending }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { id, roles } = useSignedIn();
  const isOwn = proposal.by === id;
  const mayDecide = roles.some((role) => role === 'approver' || role === 'authority');
  const endsOn = proposal.endsOn ?? '';
  return (
    <>
      <Note tone="wait" title={t('retire.proposed', { on: format.date(endsOn) })}>
        <p>{proposal.reason}</p>
        <p>
          {isOwn
            ? t('next.why.own-text')
            : mayDecide
              ? t('retire.yours')
              : t('next.why.not-approver')}
        </p>
      </Note>
      {mayDecide && <DecideEnd reading={reading} endsOn={endsOn} isOwn={isOwn} />}
    </>
  );
}

function DecideEnd(props: { reading: RuleReading; endsOn: string; isOwn: boolean }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { reading, endsOn } = props;
  const refresh = useEndings(reading);
  const approve = useMutation({
    mutationFn: () => retirementsApi.approve(reading.id, reading.version, endsOn),
    onSettled: refresh,
  });
  const reject = useMutation({
    mutationFn: (reason: string) => retirementsApi.reject(reading.id, reading.version, reason),
    onSettled: refresh,
  });
  return (
    <>
      {approve.isError && <ProblemNote error={approve.error} />}
      {reject.isError && <ProblemNote error={reject.error} />}
      <div className="row">
        {!props.isOwn && (
          <ConfirmButton
            label={t('retire.approve')}
            title={t('retire.title')}
            question={<p>{t('retire.question', { on: format.date(endsOn) })}</p>}
            confirmLabel={t('retire.approve')}
            tone="grave"
            disabled={approve.isPending}
            onConfirm={() => approve.mutate()}
          />
        )}
        <DialogButton label={t('retire.reject')} title={t('retire.reject')}>
          {(close) => (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const reason = textOf(new FormData(event.currentTarget), 'reason').trim();
                reject.mutate(reason, { onSuccess: close });
              }}
            >
              <Field label={t('reject.reason')}>
                {(control) => (
                  <textarea {...control} name="reason" required maxLength={MAX_REASON} />
                )}
              </Field>
              <button type="submit" className="button main" disabled={reject.isPending}>
                {t('retire.reject')}
              </button>
            </form>
          )}
        </DialogButton>
      </div>
    </>
  );
}
