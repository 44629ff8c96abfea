import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EnrolmentAnswer } from '../../../api/pathways';
import { type Column, DataTable } from '../../../parts/data-table';
import type { IconName } from '../../../parts/icon';
import { Note } from '../../../parts/note';
import { Tag, type Tone } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import type { RollRow } from './roll';

/** A row that was sent, with what became of it. */
export interface Answered {
  readonly row: RollRow;
  readonly answer: EnrolmentAnswer;
}

const LOOKS = {
  created: { tone: 'good', icon: 'check' },
  unchanged: { tone: 'quiet', icon: 'dash' },
  refused: { tone: 'bad', icon: 'cross' },
} as const satisfies Record<EnrolmentAnswer['status'], { tone: Tone; icon: IconName }>;

/** Digits of a number by which people tell two of the same name apart. */
const SHOWN_DIGITS = 4;

/** What became of each row; those that were refused still stand in the field, to be mended. */
export function RollAnswers(props: {
  pathway: string;
  year: number;
  answered: readonly Answered[];
}) {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  const count = (status: EnrolmentAnswer['status']): number =>
    props.answered.filter(({ answer }) => answer.status === status).length;
  const refused = count('refused');
  const columns: Column<Answered>[] = [
    { key: 'who', head: t('answers.who'), cell: (one) => <Who pathway={props.pathway} {...one} /> },
    {
      key: 'status',
      head: t('answers.status'),
      cell: ({ answer: { status } }) => <Tag {...LOOKS[status]}>{t(`answers.${status}`)}</Tag>,
    },
    {
      key: 'why',
      head: t('answers.why'),
      cell: ({ answer: { problem } }) =>
        problem ? (
          <>
            {format.text(problem.title)}
            <div className="small soft">{format.text(problem.change)}</div>
          </>
        ) : (
          '—'
        ),
    },
  ];
  return (
    <>
      <Note
        urgent
        tone={refused === 0 ? 'good' : 'wait'}
        title={t('answers.counts', {
          year: props.year,
          created: count('created'),
          unchanged: count('unchanged'),
          refused,
        })}
      >
        {refused > 0 && <p>{t('answers.mend')}</p>}
      </Note>
      <DataTable
        caption={t('answers.caption')}
        columns={columns}
        rows={props.answered}
        rowKey={({ row }) => String(row.line)}
      />
    </>
  );
}

function Who({ pathway, row, answer }: Answered & { pathway: string }) {
  const { t } = useTranslation('enrolment');
  const { name, number } = row;
  return (
    <>
      {answer.id === null ? (
        name
      ) : (
        <Link to={`/registrar/pathways/${pathway}/learners/${answer.id}`}>{name}</Link>
      )}
      <div className="small soft">{t('answers.ends', { digits: number.slice(-SHOWN_DIGITS) })}</div>
    </>
  );
}

/** Lines that cannot be sent as they are, by their number in the field. */
export function RollFaults({ rows }: { rows: readonly RollRow[] }) {
  const { t } = useTranslation('enrolment');
  const faulty = rows.filter(({ fault }) => fault !== null);
  if (faulty.length === 0) return null;
  return (
    <Note tone="wait" title={t('faults.title', { count: faulty.length })}>
      <ul>
        {faulty.map(({ line, fault }) => (
          <li key={line}>
            {t('faults.line', { line })}
            {fault !== null && <span className="then">{t(`faults.${fault}`)}</span>}
          </li>
        ))}
      </ul>
    </Note>
  );
}
