import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SchemeDetail, SchemePlace } from '../../api/schemes';
import { type Column, DataTable } from '../data-table';
import { useFormat } from '../use-format';
import { SchemeDays, SchemeTag } from './scheme-list';
import { useGives } from './use-gives';

type Rule = SchemeDetail['rules'][number];
type Part = NonNullable<SchemeDetail['scoring']>['parts'][number];

/** When a scheme is open, and up to which day evidence counts. */
export function SchemeLead({ scheme }: { scheme: SchemeDetail }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  return (
    <p>
      <SchemeTag state={scheme.state} /> <SchemeDays scheme={scheme} /> ·{' '}
      {t('until', { date: format.date(scheme.evidenceUntil) })}
    </p>
  );
}

/** Everything that a scheme says: rules, readings, parts of the score, places. */
export function SchemeFacts({ scheme }: { scheme: SchemeDetail }) {
  return (
    <>
      <Places scheme={scheme} />
      <Rules scheme={scheme} />
      {scheme.scoring && <Scoring scoring={scheme.scoring} />}
    </>
  );
}

function Places({ scheme }: { scheme: SchemeDetail }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const columns: Column<SchemePlace>[] = [
    { key: 'major', head: t('major'), cell: ({ title }) => format.text(title) },
    { key: 'school', head: t('school'), cell: ({ institution }) => format.text(institution) },
    {
      key: 'places',
      head: t('placesHead'),
      number: true,
      cell: ({ places }) => format.count(places),
    },
  ];
  return (
    <section className="card" aria-labelledby="places">
      <h2 id="places">{t('places')}</h2>
      <DataTable
        caption={t('places')}
        hideCaption
        columns={columns}
        rows={scheme.places}
        rowKey={({ id }) => id}
      />
    </section>
  );
}

function Rules({ scheme }: { scheme: SchemeDetail }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const gives = useGives();
  const columns: Column<Rule>[] = [
    { key: 'rule', head: t('rule'), cell: ({ title }) => format.text(title) },
    { key: 'gives', head: t('gives'), cell: ({ values }) => gives(values) },
    {
      key: 'entitling',
      head: t('effect'),
      cell: ({ isEntitling }) => t(isEntitling ? 'entitling' : 'supporting'),
    },
    { key: 'basis', head: t('basis'), cell: ({ basis }) => basis ?? '—' },
  ];
  return (
    <section className="card stack" aria-labelledby="rules">
      <h2 id="rules">{t('rules')}</h2>
      <DataTable
        caption={t('rules')}
        hideCaption
        columns={columns}
        rows={scheme.rules}
        rowKey={({ id }) => id}
      />
      {scheme.parameters.length > 0 && (
        <div>
          <h3>{t('parameters')}</h3>
          <ul>
            {scheme.parameters.map(({ id, title, value }) => (
              <li key={id}>
                {format.text(title)}: <strong>{t(`readings.${value}`)}</strong>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="row">
        <Link to={`/catalogue/rules/${encodeURIComponent(scheme.rulebook.id)}`}>
          {t('ruleText')}
        </Link>
        <span className="small soft">{t('versionOf', { version: scheme.rulebook.version })}</span>
      </p>
    </section>
  );
}

function Scoring({ scoring }: { scoring: NonNullable<SchemeDetail['scoring']> }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const columns: Column<Part>[] = [
    { key: 'part', head: t('part'), cell: ({ title }) => format.text(title) },
    { key: 'max', head: t('max'), number: true, cell: ({ max }) => format.amount(max) },
    { key: 'weight', head: t('weight'), number: true, cell: ({ weight }) => format.amount(weight) },
    { key: 'stated', head: t('statedHead'), cell: ({ stated }) => t(`stated.${stated}`) },
  ];
  return (
    <section className="card" aria-labelledby="scoring">
      <h2 id="scoring">{t('scoring')}</h2>
      <DataTable
        caption={t('scoring')}
        hideCaption
        columns={columns}
        rows={scoring.parts}
        rowKey={({ id }) => id}
      />
    </section>
  );
}
