import { useTranslation } from 'react-i18next';
import type { OutcomeState } from '../api/types';
import { type Column, DataTable } from './data-table';
import type { Text } from './format';
import type { IconName } from './icon';
import { Tag, type Tone } from './tag';
import { useFormat } from './use-format';

const STATES: Record<OutcomeState, { tone: Tone; icon: IconName }> = {
  available: { tone: 'good', icon: 'check' },
  held: { tone: 'wait', icon: 'lock' },
  used: { tone: 'brand', icon: 'swap' },
  expired: { tone: 'quiet', icon: 'clock' },
  revoked: { tone: 'bad', icon: 'cross' },
  registered: { tone: 'quiet', icon: 'file' },
};

/** Where an outcome stands, in a word and a drawing. */
export function OutcomeStateTag({ state }: { state: OutcomeState }) {
  const { t } = useTranslation();
  return <Tag {...STATES[state]}>{t(`outcomeState.${state}`)}</Tag>;
}

/** One line of the table. */
export interface OutcomeRow {
  readonly id: string;
  readonly title: Text;
  /** Name of the institution that registered it; null while it is not known. */
  readonly registrar: Text | null;
  readonly completedOn: string;
  readonly credits: string | null;
  readonly grade: string | null;
  readonly level: string | null;
  readonly state: OutcomeState;
  readonly expiresOn?: string | null;
}

/** Credits one by one: where and when they were learned, what they are worth, where they stand. */
export function OutcomeTable(props: {
  outcomes: readonly OutcomeRow[];
  caption: string;
  hideCaption?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<OutcomeRow>[] = [
    {
      key: 'title',
      head: t('outcome.title'),
      cell: (outcome) => (
        <>
          <span lang={format.textLang}>{format.text(outcome.title)}</span>
          {outcome.grade && (
            <span className="small soft">
              {' '}
              {t('outcome.grade', { grade: format.grade(outcome.grade) })}
            </span>
          )}
          {outcome.level && (
            <span className="small soft"> {t('outcome.level', { level: outcome.level })}</span>
          )}
        </>
      ),
    },
    {
      key: 'institution',
      head: t('outcome.institution'),
      cell: ({ registrar }) => registrar && format.text(registrar),
    },
    {
      key: 'completed',
      head: t('outcome.completed'),
      date: true,
      cell: (outcome) => format.date(outcome.completedOn),
    },
    {
      key: 'credits',
      head: t('outcome.credits'),
      number: true,
      cell: ({ credits }) => (credits === null ? t('outcome.noCredits') : format.amount(credits)),
    },
    {
      key: 'state',
      head: t('outcome.state'),
      cell: (outcome) => (
        <>
          <OutcomeStateTag state={outcome.state} />
          {outcome.expiresOn && outcome.state === 'available' && (
            <div className="small soft">
              {t('outcome.until', { date: format.date(outcome.expiresOn) })}
            </div>
          )}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={props.caption}
      {...(props.hideCaption && { hideCaption: true })}
      columns={columns}
      rows={props.outcomes}
      rowKey={({ id }) => id}
    />
  );
}
