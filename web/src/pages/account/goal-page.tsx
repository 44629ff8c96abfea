import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Gap, Programme } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { distanceOf } from './distance';
import { Worth } from './goal';
import { useGap } from './own-records';
import { WaysToFill } from './plan';
import { ProgrammeChoice, useGoalProgramme } from './programme-choice';
import { useWhose } from './record';
import { WhatIf } from './what-if';

/** A goal: what is there, what is missing, what would fill it, and when it could be reached. */
export function GoalPage() {
  // With the texts of its parts, so that the page does not hide again while they arrive.
  const { t } = useTranslation(['learner', 'decision']);
  const programme = useGoalProgramme();
  return (
    <Page title={t('goalPage.title')} lead={<p>{t('goalPage.lead')}</p>}>
      <div className="stack">
        {programme && <Chosen key={programme.code} programme={programme} />}
        <ProgrammeChoice
          key={`choice ${programme?.code ?? ''}`}
          legend={programme ? t('goalPage.chooseOther') : t('goalPage.choose')}
          action={t('goalPage.see')}
        />
      </div>
    </Page>
  );
}

function Chosen({ programme }: { programme: Programme }) {
  const gap = useGap(programme.code);
  if (gap.isPending) return <Loading />;
  if (gap.isError) return <ProblemNote error={gap.error} />;
  const hasAward = gap.data.award !== 'none';
  return (
    <>
      <Standing programme={programme} gap={gap.data} />
      {gap.data.award === 'not-met' && <WaysToFill programme={programme.code} />}
      {hasAward && <Nearest gap={gap.data} />}
      <WhatIf programme={programme.code} />
    </>
  );
}

/** Table first, bar second. */
function Standing({ programme, gap }: { programme: Programme; gap: Gap }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { base, acts } = useWhose();
  const distance = distanceOf(gap, programme);
  return (
    <section className="card stack" aria-labelledby="standing">
      <h2 id="standing">{format.text(programme.title)}</h2>
      {distance && (
        <p className="worth" role="status">
          {distance.isReached ? (
            <Worth programme={programme} distance={distance} />
          ) : (
            t('goal.short', { amount: format.amount(distance.short) })
          )}
        </p>
      )}
      <HaveAndNeed programme={programme} gap={gap} />
      <div>
        {gap.award === 'none' && <p>{t('goalPage.noAward')}</p>}
        <p className="small soft">{t('goalPage.on', { on: format.date(gap.on) })}</p>
      </div>
      {acts.includes('apply') && (
        <p className="no-print">
          <Link to={`${base}/convert`} className="button main">
            {t('goalPage.convert')}
          </Link>
        </p>
      )}
    </section>
  );
}

interface Line {
  readonly key: string;
  readonly title: string;
  readonly needed: string;
  readonly have: string;
  readonly short: string;
  readonly isMet: boolean;
}

function HaveAndNeed({ programme, gap }: { programme: Programme; gap: Gap }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const lines = linesOf(programme, gap, {
    text: (text) => format.text(text),
    total: t('requirement.total'),
  });
  const amounts = ['needed', 'have', 'short'] as const;
  const columns: Column<Line>[] = [
    { key: 'title', head: t('requirement.title'), cell: ({ title }) => title },
    ...amounts.map((key) => ({
      key,
      head: t(`requirement.${key}`),
      number: true,
      cell: (line: Line) => format.amount(line[key]),
    })),
    {
      key: 'state',
      head: t('requirement.state'),
      cell: ({ isMet }) => (
        <Tag tone={isMet ? 'good' : 'wait'} icon={isMet ? 'check' : 'clock'}>
          {isMet ? t('requirement.met') : t('requirement.open')}
        </Tag>
      ),
    },
    {
      key: 'bar',
      head: t('requirement.bar'),
      cell: ({ have, needed }) => (
        <meter aria-hidden="true" className="wide" min="0" max={needed} value={have} />
      ),
    },
  ];
  return (
    <DataTable
      caption={t('requirement.caption')}
      hideCaption
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
    />
  );
}

function linesOf(
  programme: Programme,
  gap: Gap,
  { text, total }: { text: (value: Programme['title']) => string; total: string },
): Line[] {
  const { requirements } = gap.decision;
  if (requirements.length > 0) {
    return requirements.map(({ requirement, title, needed, have, short, met }) => ({
      key: requirement,
      title: text(title),
      needed,
      have,
      short,
      isMet: met,
    }));
  }
  const distance = distanceOf(gap, programme);
  if (!distance) return [];
  const { counted, needed, short, isReached } = distance;
  return [{ key: 'total', title: total, needed, have: counted, short, isMet: isReached }];
}

/** What would have to change, as the rules say it. */
function Nearest({ gap }: { gap: Gap }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  if (gap.changes.length === 0) return null;
  return (
    <section className="card">
      <details>
        <summary>{t('goalPage.changes', { count: gap.changes.length })}</summary>
        <ul className="lines inside">
          {gap.changes.map((change, index) => (
            <li key={index} lang={format.textLang}>
              {format.text(change.text)}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
