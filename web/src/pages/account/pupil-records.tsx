import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import type { OutreachConsent } from '../../api/workload';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import type { IconName } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { useCodedNames, useInstitutions } from '../../parts/records';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useAct, useOwn, useWhose } from './record';

/** Which schools of pupils may record something about a child: a guardian agrees and takes it back. */
export function PupilRecords() {
  const { t } = useTranslation('mine');
  const { acts, isGuardian } = useWhose();
  const consents = useOwn(['outreach-consents'], ownDataApi.outreachConsents);
  const items = consents.data?.items ?? [];
  // To everybody else it says something only where there is something to say.
  if (!isGuardian && items.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="pupil-records">
      <div>
        <h2 id="pupil-records">{t('pupils.title')}</h2>
        <p>{t('pupils.text')}</p>
      </div>
      {consents.isError && <ProblemNote error={consents.error} />}
      {consents.isSuccess && items.length === 0 && <p>{t('pupils.none')}</p>}
      {items.length > 0 && (
        <ul className="lines">
          {items.map((consent) => (
            <ConsentLine key={consent.id} consent={consent} />
          ))}
        </ul>
      )}
      {isGuardian && acts.includes('share') && (
        <div className="no-print">
          <DialogButton label={t('pupils.give')} title={t('pupils.give')}>
            {(close) => <ConsentForm onDone={close} />}
          </DialogButton>
        </div>
      )}
    </section>
  );
}

const TAGS: Record<OutreachConsent['state'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  ended: { tone: 'quiet', icon: 'clock' },
  withdrawn: { tone: 'bad', icon: 'cross' },
};

function ConsentLine({ consent }: { consent: OutreachConsent }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const schoolName = useCodedNames();
  const { acts } = useWhose();
  const { id, institution, state, record, createdAt, endsAt, withdrawnAt } = consent;
  const withdraw = useAct((client) => ownDataApi.withdrawOutreachConsent(client, id));
  return (
    <li className="stack tight">
      <div>
        <strong>{schoolName(institution)}</strong>{' '}
        <Tag {...TAGS[state]}>{t(`pupils.state.${state}`)}</Tag>
        <div className="small soft">
          {t('pupils.period', {
            from: format.date(createdAt),
            until: format.date(withdrawnAt ?? endsAt),
          })}
        </div>
        <div className="small soft">
          {t(record === null ? 'pupils.signedIn' : 'pupils.onPaper')}
        </div>
      </div>
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      {state === 'active' && acts.includes('share') && (
        <div className="no-print">
          <ConfirmButton
            tone="grave"
            label={t('pupils.withdraw')}
            title={t('pupils.withdraw')}
            question={<p>{t('pupils.withdrawQuestion')}</p>}
            confirmLabel={t('pupils.withdraw')}
            disabled={withdraw.isPending}
            onConfirm={() => withdraw.mutate()}
          />
        </div>
      )}
    </li>
  );
}

const DAYS = [180, 365, 730] as const;
const USUAL_DAYS = 365;

function ConsentForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('mine');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const { data: institutions = [] } = useInstitutions();
  const schools = institutions.filter(({ kind }) => kind === 'pupil-school');
  const give = useAct((client, body: { institution: string; days: number }) =>
    ownDataApi.giveOutreachConsent(client, body),
  );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = { institution: textOf(form, 'school'), days: Number(textOf(form, 'days')) };
    give.mutate(wanted, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <p>{t('pupils.giveText')}</p>
      {give.isError && <ProblemNote error={give.error} />}
      <Field label={t('pupils.school')}>
        {(control) => (
          <select {...control} name="school" required>
            {schools.map(({ code, name }) => (
              <option key={code} value={code}>
                {format.text(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('pupils.days')}>
        {(control) => (
          <select {...control} name="days" defaultValue={USUAL_DAYS}>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {t('sharing.dayCount', { count: days })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={give.isPending}>
          {t('pupils.give')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}
