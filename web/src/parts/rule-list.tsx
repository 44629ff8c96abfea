import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type RuleSummary, rulesApi } from '../api/rules';
import { type Column, DataTable } from './data-table';
import { Field } from './field';
import { textOf } from './form';
import { Icon } from './icon';
import { useInstitutionByCode } from './institution-codes';
import { live } from './live';
import { ProblemNote } from './note';
import { Loading } from './page';
import { RuleStateTag, useWindow } from './rule-words';
import { useFormat } from './use-format';

/** Every regulation, searchable; the words searched for stand in the address. */
export function RuleList({ base }: { base: string }) {
  const [params, setParams] = useSearchParams();
  const { t } = useTranslation('rules');
  const q = params.get('q') ?? '';
  const found = (count: number): string =>
    count === 0 ? t('search.none') : t('search.found', { count });
  const rules = useQuery({
    queryKey: ['rules', q],
    queryFn: () => rulesApi.rules(q),
    placeholderData: (before) => before,
    ...live,
  });
  return (
    <>
      <SearchForm q={q} onSearch={(next) => setParams(next ? { q: next } : {})} />
      {rules.isPending && <Loading />}
      {rules.isError && <ProblemNote error={rules.error} />}
      <p role="status" className="soft">
        {rules.data && (q !== '' || rules.data.length === 0) && found(rules.data.length)}
      </p>
      {rules.data && rules.data.length > 0 && <RuleTable rules={rules.data} base={base} />}
    </>
  );
}

function SearchForm({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation('rules');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSearch(textOf(new FormData(event.currentTarget), 'q').trim());
  };
  return (
    <form role="search" onSubmit={submit} key={q}>
      <Field label={t('search.label')} hint={t('search.hint')}>
        {(control) => (
          <input {...control} name="q" type="search" maxLength={200} defaultValue={q} />
        )}
      </Field>
      <button type="submit" className="button">
        <Icon name="search" />
        {t('search.submit')}
      </button>
    </form>
  );
}

function RuleTable({ rules, base }: { rules: readonly RuleSummary[]; base: string }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const windowOf = useWindow();
  const institutionName = useInstitutionByCode();
  const columns: Column<RuleSummary>[] = [
    {
      key: 'rule',
      head: t('list.rule'),
      cell: (rule) => (
        <>
          <Link to={`${base}/${encodeURIComponent(rule.id)}`}>{format.text(rule.title)}</Link>
          <div className="small soft">{format.text(rule.about)}</div>
        </>
      ),
    },
    {
      key: 'institution',
      head: t('list.institution'),
      cell: ({ institution }) => institutionName(institution),
    },
    { key: 'version', head: t('list.version'), cell: (rule) => <Versions rule={rule} /> },
    { key: 'window', head: t('list.window'), date: true, cell: (rule) => windowOf(rule) },
    { key: 'state', head: t('list.state'), cell: ({ state }) => <RuleStateTag state={state} /> },
  ];
  return (
    <DataTable
      caption={t('list.caption')}
      hideCaption
      columns={columns}
      rows={rules}
      rowKey={({ id }) => id}
    />
  );
}

function Versions({ rule: { governing, versions } }: { rule: RuleSummary }) {
  const { t } = useTranslation('rules');
  return (
    <>
      {governing === null ? t('list.none') : t('list.number', { version: governing })}
      <div className="small soft">{t('list.ofAll', { count: versions })}</div>
    </>
  );
}
