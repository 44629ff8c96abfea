import { useTranslation } from 'react-i18next';
import type { Eligibility, Evidence } from '../../api/schemes';
import { type Column, DataTable } from '../data-table';
import type { IconName } from '../icon';
import { Note } from '../note';
import { Tag, type Tone } from '../tag';
import { useFormat } from '../use-format';
import { useGives } from './use-gives';

type Clause = Eligibility['clauses'][number];
type Part = NonNullable<Eligibility['score']>['parts'][number];

const TONES: Record<Eligibility['status'], Tone> = {
  eligible: 'good',
  waiting: 'wait',
  'not-eligible': 'quiet',
};

const VERDICTS: Record<Clause['verdict'], { tone: Tone; icon: IconName }> = {
  granted: { tone: 'good', icon: 'check' },
  refused: { tone: 'quiet', icon: 'cross' },
  pending: { tone: 'wait', icon: 'clock' },
};

/** The answer, what it rests on, and what is missing. */
export function EligibilityView({ eligibility }: { eligibility: Eligibility }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const { status, text, missing } = eligibility;
  return (
    <>
      <Note tone={TONES[status]} title={<span lang={format.textLang}>{format.text(text)}</span>} />
      {status !== 'eligible' && missing.length > 0 && (
        <section className="card" aria-labelledby="missing">
          <h2 id="missing">{t('mine.missing')}</h2>
          <ul>
            {missing.map(({ rule, text: what }) => (
              <li key={rule} lang={format.textLang}>
                {format.text(what)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <EvidenceTable eligibility={eligibility} />
      {eligibility.score && <ScoreTable score={eligibility.score} />}
      <Clauses eligibility={eligibility} />
    </>
  );
}

function EvidenceTable({ eligibility }: { eligibility: Eligibility }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const { evidence, excluded } = eligibility;
  const columns: Column<Evidence>[] = [
    {
      key: 'outcome',
      head: t('mine.outcome'),
      cell: ({ title }) => <span lang={format.textLang}>{format.text(title)}</span>,
    },
    { key: 'poster', head: t('mine.poster'), cell: ({ institution }) => format.text(institution) },
    {
      key: 'completed',
      head: t('mine.completed'),
      date: true,
      cell: ({ completedOn }) => format.date(completedOn),
    },
    {
      key: 'result',
      head: t('mine.result'),
      cell: ({ grade, level }) =>
        format.list([grade, level].filter((one) => one !== null).map(format.grade)) || '—',
    },
    {
      key: 'record',
      head: t('mine.record'),
      cell: ({ log, proof }) => (
        <>
          {t(`mine.log.${log}`)}
          {proof !== null && (
            <div className="small">
              <a href={proof}>{t('mine.proof')}</a>
            </div>
          )}
        </>
      ),
    },
  ];
  return (
    <section className="card" aria-labelledby="evidence">
      <h2 id="evidence">{t('mine.evidence')}</h2>
      {evidence.length === 0 ? (
        <p>{t('mine.noEvidence')}</p>
      ) : (
        <>
          <p>{t('mine.evidenceLead')}</p>
          <DataTable
            caption={t('mine.evidence')}
            hideCaption
            columns={columns}
            rows={evidence}
            rowKey={({ id }) => id}
          />
        </>
      )}
      {excluded.length > 0 && <Excluded outcomes={excluded} />}
    </section>
  );
}

function Excluded({ outcomes }: { outcomes: Eligibility['excluded'] }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  return (
    <details>
      <summary>{t('mine.excluded')}</summary>
      <ul>
        {outcomes.map(({ id, title, completedOn, text }) => (
          <li key={id}>
            <span lang={format.textLang}>{format.text(title)}</span> ({format.date(completedOn)}):{' '}
            <span lang={format.textLang}>{format.text(text)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ScoreTable({ score }: { score: NonNullable<Eligibility['score']> }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const points = (value: string | null): string =>
    value === null ? t('mine.noScore') : format.amount(value);
  const columns: Column<Part>[] = [
    { key: 'part', head: t('part'), cell: ({ title }) => format.text(title) },
    {
      key: 'score',
      head: t('mine.points'),
      number: true,
      cell: ({ score: value }) => points(value),
    },
    { key: 'max', head: t('max'), number: true, cell: ({ max }) => format.amount(max) },
  ];
  return (
    <section className="card" aria-labelledby="score">
      <h2 id="score">{t('mine.score')}</h2>
      <DataTable
        caption={t('mine.score')}
        hideCaption
        columns={columns}
        rows={score.parts}
        rowKey={({ part }) => part}
      />
      <p>
        {t('mine.total')}: <strong>{points(score.total)}</strong>
      </p>
    </section>
  );
}

/** Why a clause is as it is: the outcomes that meet it, or the sentence of the service. */
function useWhy({ evidence }: Eligibility): (clause: Clause) => string {
  const format = useFormat();
  return ({ verdict, code, value, evidence: lots, text }) => {
    // The column beside it says what such a clause gives; a score stands in the sentence alone.
    const isSaidBeside = verdict === 'granted' && value !== null && code !== 'score';
    const names = evidence.filter(({ id }) => lots.includes(id)).map(({ title }) => title);
    return isSaidBeside && names.length > 0
      ? format.list(names.map((title) => format.text(title)))
      : format.text(text);
  };
}

function Clauses({ eligibility }: { eligibility: Eligibility }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const gives = useGives();
  const why = useWhy(eligibility);
  const rows = eligibility.clauses.map((clause, index) => ({
    ...clause,
    key: `${clause.rule} ${index}`,
  }));
  const columns: Column<Clause & { key: string }>[] = [
    { key: 'rule', head: t('rule'), cell: ({ title }) => format.text(title) },
    {
      key: 'verdict',
      head: t('verdictHead'),
      cell: ({ verdict }) => <Tag {...VERDICTS[verdict]}>{t(`mine.verdict.${verdict}`)}</Tag>,
    },
    {
      key: 'gives',
      head: t('gives'),
      cell: ({ value }) => (value === null ? '—' : gives([value])),
    },
    {
      key: 'why',
      head: t('mine.why'),
      cell: (clause) => <span lang={format.textLang}>{why(clause)}</span>,
    },
  ];
  return (
    <section className="card" aria-labelledby="clauses">
      <h2 id="clauses">{t('mine.clauses')}</h2>
      <DataTable
        caption={t('mine.clauses')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </section>
  );
}
