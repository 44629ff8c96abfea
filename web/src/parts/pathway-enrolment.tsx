import { useTranslation } from 'react-i18next';
import type { Enrolment } from '../api/pathways';
import { type Column, DataTable } from './data-table';
import type { IconName } from './icon';
import { Note } from './note';
import { GateFacts, useTitles, VerdictTag } from './pathway-gate';
import { PathwayStages } from './pathway-stages';
import { Tag, type Tone } from './tag';
import { useFormat } from './use-format';

const STANDINGS = {
  done: { tone: 'good', icon: 'check' },
  here: { tone: 'brand', icon: 'person' },
  ahead: { tone: 'quiet', icon: 'clock' },
  closed: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

/** The stages, each with whether it is behind the learner or still ahead. */
export function StagesSoFar({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  return (
    <PathwayStages
      stages={enrolment.stages}
      beside={({ standing }) => <Tag {...STANDINGS[standing]}>{t(`standing.${standing}`)}</Tag>}
    />
  );
}

/** What the gates of the present stage say today. */
export function GatesAhead({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  if (!enrolment.isOpen) return null;
  if (enrolment.gates.length === 0) return <Note tone="quiet" title={t('gate.none')} />;
  return enrolment.gates.map((answer) => (
    <div key={answer.gate} className="card stack">
      <div className="row">
        <h3>{t('gate.title', { gate: format.text(answer.title) })}</h3>
        <VerdictTag {...answer} />
      </div>
      <GateFacts answer={answer} />
    </div>
  ));
}

/** What counts on in the next stage. */
export function CarriedCredit({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  const titles = useTitles();
  const { carried } = enrolment;
  if (carried.length === 0) return null;
  return (
    <div className="card stack">
      <h3>{t('carried.title')}</h3>
      <p className="soft">{t('carried.text')}</p>
      <ul className="lines">
        {carried.map((one) => (
          <li key={one.id}>
            <div>
              <strong>{format.text(one.title)}</strong>
            </div>
            <div>
              {t('carried.total', { total: format.amount(one.total) })}
              {one.atMost !== null && t('carried.most', { most: format.amount(one.atMost) })}
            </div>
            <div className="soft">
              {one.outcomes.length > 0 ? titles(one.outcomes) : t('carried.none')}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

const EVENTS = [
  'joined',
  'change-of-major',
  'change-of-school',
  'withdrawal',
  'reopening',
] as const;

/** What happened, the oldest first. */
export function EnrolmentHistory({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  const titles = useTitles();
  type Event = Enrolment['history'][number];
  const nameOf = ({ event, rule, day }: Event): string => {
    if (rule) return format.text(rule);
    const known = EVENTS.find((one) => one === event) ?? 'other';
    return t(`event.${known}`, { year: enrolment.intake, on: format.date(day) });
  };
  // A list can be handed in years later; the learner began in the September of the intake.
  const dayOf = ({ event, day }: Event): string =>
    event === 'joined' ? `${enrolment.intake}-09` : day;
  const columns: Column<Event>[] = [
    { key: 'day', head: t('history.day'), date: true, cell: (event) => format.date(dayOf(event)) },
    { key: 'what', head: t('history.what'), cell: nameOf },
    { key: 'to', head: t('history.to'), cell: ({ toTitle }) => format.text(toTitle) },
    { key: 'evidence', head: t('history.evidence'), cell: ({ evidence }) => titles(evidence) },
  ];
  return (
    <div className="card">
      <h3>{t('history.title')}</h3>
      <DataTable
        caption={t('history.title')}
        hideCaption
        columns={columns}
        rows={enrolment.history}
        rowKey={({ seq }) => String(seq)}
      />
    </div>
  );
}
