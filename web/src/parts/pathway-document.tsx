import { useTranslation } from 'react-i18next';
import type { PathwayWords } from '../api/pathways';
import { type Column, DataTable } from './data-table';
import { useTitles } from './pathway-gate';
import { PathwayStages } from './pathway-stages';
import { useFormat } from './use-format';

/** What a pathway says: stages, what the gates ask, what counts on, its places and its rules. */
export function PathwayDocument({ pathway }: { pathway: PathwayWords }) {
  const { t } = useTranslation('pathway');
  return (
    <>
      <section className="card stack" aria-labelledby="stages">
        <h2 id="stages">{t('stages')}</h2>
        <PathwayStages stages={pathway.stages} />
      </section>
      <Gates gates={pathway.gates} />
      <Carries carries={pathway.carries} />
      <Places intakes={pathway.intakes} />
      <Rules pathway={pathway} />
    </>
  );
}

function Gates({ gates }: Pick<PathwayWords, 'gates'>) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="gates">
      <h2 id="gates">{t('open.gates')}</h2>
      {gates.map(({ id, title, facts }) => (
        <div key={id}>
          <h3>{format.text(title)}</h3>
          <ul className="lines">
            {facts.map((fact) => (
              <li key={fact.id}>
                <Fact fact={fact} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Fact({ fact }: { fact: PathwayWords['gates'][number]['facts'][number] }) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const titles = useTitles();
  return (
    <>
      <div className="row">
        <strong>{format.text(fact.title)}</strong>
        {fact.clause !== null && <span className="small soft">{fact.clause}</span>}
      </div>
      {fact.examination.length > 0 && (
        <div>{t('open.examination', { outcomes: titles(fact.examination) })}</div>
      )}
      {fact.conditions.map(({ id, title, credits, outcomes, of }) => (
        <div key={id}>
          {credits === null
            ? t('open.outcomes', {
                title: format.text(title),
                needs: format.count(outcomes ?? of.length),
              })
            : t('open.credits', { title: format.text(title), needs: format.amount(credits) })}
          {of.length > 0 && <div className="soft">{t('open.of', { outcomes: titles(of) })}</div>}
        </div>
      ))}
    </>
  );
}

function Carries({ carries }: Pick<PathwayWords, 'carries'>) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const titles = useTitles();
  if (carries.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="carries">
      <h2 id="carries">{t('open.carries')}</h2>
      <ul className="lines">
        {carries.map(({ id, title, clause, of, except }) => (
          <li key={id}>
            <div className="row">
              <strong>{format.text(title)}</strong>
              {clause !== null && <span className="small soft">{clause}</span>}
            </div>
            {of.length > 0 && <div>{t('open.of', { outcomes: titles(of) })}</div>}
            {except.length > 0 && (
              <div className="soft">{t('open.except', { outcomes: titles(except) })}</div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Intake = PathwayWords['intakes'][number];

function Places({ intakes }: Pick<PathwayWords, 'intakes'>) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const columns: Column<Intake>[] = [
    { key: 'year', head: t('office.year'), cell: ({ year }) => t('office.intake', { year }) },
    {
      key: 'places',
      head: t('open.places'),
      number: true,
      cell: ({ places }) => format.count(places),
    },
    { key: 'left', head: t('open.left'), number: true, cell: ({ left }) => format.count(left) },
  ];
  return (
    <section className="card" aria-labelledby="places">
      <h2 id="places">{t('open.intakes')}</h2>
      <DataTable
        caption={t('open.intakes')}
        hideCaption
        columns={columns}
        rows={intakes}
        rowKey={({ year }) => String(year)}
      />
    </section>
  );
}

function Rules({ pathway: { rules, basis, hash } }: { pathway: PathwayWords }) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="basis">
      <h2 id="basis">{t('open.basis')}</h2>
      <ul>
        {basis.map(({ text, clause }) => (
          <li key={text}>
            {text} {clause}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('open.rules')}</summary>
        <div className="inside">
          <ul>
            {rules.map((rule) => (
              <li key={rule.en}>{format.text(rule)}</li>
            ))}
          </ul>
          <p className="small soft code">SHA-256 {hash}</p>
        </div>
      </details>
    </section>
  );
}
