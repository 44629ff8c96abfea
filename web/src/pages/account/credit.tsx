import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Outcome } from '../../api/types';
import { Note, ProblemNote } from '../../parts/note';
import { OutcomeStateTag } from '../../parts/outcome-table';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { AskButton } from './ask';
import { CreditEntries } from './credit-entries';
import { Circumstances } from './circumstances';
import { CreditUses } from './credit-uses';
import { CredentialSection } from './credential';
import { noCreditReasonOf } from './credit-table';
import { useOwnOutcomes } from './own-records';
import { useWhose } from './record';

/** One credit: what was learned, where it stands and why, and what proves it. */
export function CreditPage() {
  // With the texts of its parts, so that the page does not hide again while they arrive.
  const { t } = useTranslation(['learner', 'decision']);
  const { id } = useParams();
  const format = useFormat();
  const outcomes = useOwnOutcomes();
  const outcome = outcomes.data?.find((one) => one.id === id);
  return (
    <Page title={outcome ? format.text(outcome.title) : t('credit.title')}>
      {outcomes.isPending && <Loading />}
      {outcomes.isError && <ProblemNote error={outcomes.error} />}
      {outcomes.isSuccess && !outcome && <Note tone="wait" title={t('credit.unknown')} />}
      {outcome && <Credit outcome={outcome} />}
    </Page>
  );
}

function Credit({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('learner');
  const { actingFor } = useWhose();
  const reason = noCreditReasonOf(outcome);
  return (
    <div className="stack">
      <section className="card stack" aria-label={t('credit.title')}>
        <div role="status">
          <OutcomeStateTag state={outcome.state} />
          <p>{t(`credit.state.${outcome.state}`)}</p>
        </div>
        {reason && (
          <Note tone="wait" title={t(`noCredit.${reason}`)}>
            <p>{t(`noCreditAdvice.${reason}`)}</p>
          </Note>
        )}
        {outcome.credits !== null && <Amounts outcome={outcome} />}
        <Facts outcome={outcome} />
        {outcome.circumstances && <Circumstances said={outcome.circumstances} />}
        <div className="no-print">
          <AskButton about={outcome} label={t('ask.wrong')} />
        </div>
      </section>
      <CreditEntries outcomeId={outcome.id} />
      <CreditUses outcomeId={outcome.id} />
      {actingFor === null && outcome.state !== 'revoked' && (
        <CredentialSection outcomeId={outcome.id} code={outcome.code} />
      )}
    </div>
  );
}

function Amounts({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const amounts = [
    ['credits', tc('outcome.credits'), outcome.credits ?? '0'],
    ['available', t('standing.available'), outcome.available],
    ['held', t('standing.held'), outcome.held],
    ['used', t('standing.used'), outcome.used],
  ] as const;
  return (
    <dl className="facts">
      {amounts.map(([key, label, amount]) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{format.amount(amount)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Facts({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const registrar = useInstitutionNames().get(outcome.institutionId);
  const facts: [string, string | null | undefined][] = [
    [t('credit.awardedBy'), format.text(outcome.institution.name)],
    [tc('outcome.institution'), registrar && format.text(registrar)],
    [t('credit.started'), outcome.startedOn && format.date(outcome.startedOn)],
    [tc('outcome.completed'), format.date(outcome.completedOn)],
    [
      t('credit.hours'),
      outcome.hours && t('credit.hourCount', { hours: format.amount(outcome.hours) }),
    ],
    [t('credit.grade'), outcome.grade && format.grade(outcome.grade)],
    [t('credit.level'), outcome.level],
    [t('credit.attendance'), outcome.attendancePercent && `${outcome.attendancePercent}%`],
    [t('credit.expires'), outcome.expiresOn && format.date(outcome.expiresOn)],
    [t('credit.recorded'), format.moment(outcome.recordedAt)],
    [t('credit.code'), outcome.code],
    [t('credit.reference'), outcome.externalId],
  ];
  return (
    <dl className="facts wide">
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
