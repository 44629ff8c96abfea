import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Outcome } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { OutcomeStateTag } from '../../parts/outcome-table';
import { useFormat } from '../../parts/use-format';
import { useWhose } from './record';

/** Every credit with where it comes from and where it stands; each leads to a page of its own. */
export function CreditTable({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const { base } = useWhose();
  const columns: Column<Outcome>[] = [
    {
      key: 'title',
      head: tc('outcome.title'),
      cell: (outcome) => (
        <Link to={`${base}/credits/${outcome.id}`}>{format.text(outcome.title)}</Link>
      ),
    },
    {
      key: 'institution',
      head: tc('outcome.institution'),
      cell: ({ institution }) => format.text(institution.name),
    },
    {
      key: 'completed',
      head: tc('outcome.completed'),
      date: true,
      cell: (outcome) => format.date(outcome.completedOn),
    },
    {
      key: 'credits',
      head: tc('outcome.credits'),
      number: true,
      cell: ({ credits }) => (credits === null ? tc('outcome.noCredits') : format.amount(credits)),
    },
    {
      key: 'state',
      head: tc('outcome.state'),
      cell: (outcome) => <Standing outcome={outcome} />,
    },
  ];
  return (
    <DataTable
      caption={t('credits.caption', { count: outcomes.length })}
      hideCaption
      columns={columns}
      rows={outcomes}
      rowKey={({ id }) => id}
    />
  );
}

function Standing({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const reason = noCreditReasonOf(outcome);
  return (
    <>
      <OutcomeStateTag state={outcome.state} />
      {reason && <div className="small soft">{t(`noCredit.${reason}`)}</div>}
      {outcome.expiresOn && outcome.state === 'available' && (
        <div className="small soft">
          {tc('outcome.until', { date: format.date(outcome.expiresOn) })}
        </div>
      )}
    </>
  );
}

const REASONS = ['credit-unknown', 'below-pass-grade', 'attendance-too-low'] as const;

/** Why an outcome is registered without credit, as the pages word it. */
export function noCreditReasonOf({
  noCreditReason,
}: Outcome): (typeof REASONS)[number] | undefined {
  return REASONS.find((reason) => reason === noCreditReason);
}
