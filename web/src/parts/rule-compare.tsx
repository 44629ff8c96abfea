import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RuleReading, type RuleVersion, rulesApi } from '../api/rules';
import { type Column, DataTable } from './data-table';
import { Field } from './field';
import { ProblemNote } from './note';
import { Loading } from './page';
import { RuleChanges, useWindow } from './rule-words';
import { useFormat } from './use-format';

/** Every version, and what changed between the one that is read and any other. */
export function RuleCompare(props: { reading: RuleReading; versions: readonly RuleVersion[] }) {
  const { t } = useTranslation('rules');
  const { reading, versions } = props;
  const others = versions.filter(({ version }) => version !== reading.version);
  return (
    <section className="card stack" aria-labelledby="versions">
      <h2 id="versions">{t('versions.title')}</h2>
      <VersionTable versions={versions} shown={reading.version} />
      {others.length > 0 && <Compared reading={reading} others={others} />}
    </section>
  );
}

function Compared({ reading, others }: { reading: RuleReading; others: readonly RuleVersion[] }) {
  const { t } = useTranslation('rules');
  const before = others.find(({ version }) => version < reading.version) ?? others[0];
  const [chosen, setChosen] = useState<number | null>(null);
  const since = chosen ?? before?.version ?? 0;
  const changes = useQuery({
    queryKey: ['rules', reading.id, 'changes', reading.version, since],
    queryFn: () => rulesApi.changes(reading.id, String(reading.version), since),
    staleTime: Infinity,
  });
  return (
    <>
      <Field label={t('versions.compare')}>
        {(control) => (
          <select
            {...control}
            value={since}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          >
            {others.map(({ version }) => (
              <option key={version} value={version}>
                {t('list.number', { version })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <h3>{t('versions.changes', { from: since, to: reading.version })}</h3>
      {changes.isPending && <Loading />}
      {changes.isError && <ProblemNote error={changes.error} />}
      {changes.data && <RuleChanges changes={changes.data.changes} />}
    </>
  );
}

function VersionTable({ versions, shown }: { versions: readonly RuleVersion[]; shown: number }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const windowOf = useWindow();
  const columns: Column<RuleVersion>[] = [
    {
      key: 'version',
      head: t('versions.version'),
      cell: ({ version }) =>
        version === shown ? (
          t('versions.shown', { version })
        ) : (
          <Link to={`?version=${version}`}>{t('list.number', { version })}</Link>
        ),
    },
    { key: 'window', head: t('list.window'), cell: (version) => windowOf(version) },
    {
      key: 'published',
      head: t('versions.published'),
      cell: ({ publishedAt }) => format.moment(publishedAt),
    },
  ];
  return (
    <DataTable
      caption={t('versions.title')}
      hideCaption
      columns={columns}
      rows={versions}
      rowKey={({ version }) => String(version)}
    />
  );
}
