import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Institution, InstitutionKind } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { Field } from '../../../parts/field';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { useInstitutions } from '../queries';
import { INSTITUTION_KINDS, InstitutionTag } from './words';

/** All institutions of the district, found by name, code or region. */
export function InstitutionList() {
  const { t } = useTranslation('authority');
  const institutions = useInstitutions();
  const all = institutions.data;
  return (
    <Page
      title={t('institutions.title')}
      lead={all && <p>{t('institutions.lead', { count: all.length })}</p>}
    >
      <div className="stack">
        <p>
          <Link to="/authority/institutions/new" className="button main">
            {t('institutions.open')}
          </Link>
        </p>
        {institutions.isPending && <Loading />}
        {institutions.isError && <ProblemNote error={institutions.error} />}
        {all && <Found all={all} />}
      </div>
    </Page>
  );
}

function Found({ all }: { all: readonly Institution[] }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<InstitutionKind | ''>('');
  const rows = all.filter((one) => (kind === '' || one.kind === kind) && isAbout(one, text));
  return (
    <section className="card">
      <div className="columns">
        <Field label={t('institutions.search')} hint={t('institutions.searchHint')}>
          {(control) => (
            <input
              {...control}
              type="search"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('institutions.kind')}>
          {(control) => (
            <select
              {...control}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as InstitutionKind | '')}
            >
              <option value="">{t('institutions.anyKind')}</option>
              {INSTITUTION_KINDS.map((one) => (
                <option key={one} value={one}>
                  {word(`kind.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p role="status" className="soft">
        {rows.length === 0 && t('institutions.none')}
        {rows.length > 0 &&
          rows.length < all.length &&
          t('institutions.found', { count: rows.length })}
      </p>
      {rows.length > 0 && <Table rows={rows} />}
    </section>
  );
}

function Table({ rows }: { rows: readonly Institution[] }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const columns: Column<Institution>[] = [
    {
      key: 'name',
      head: t('institutions.name'),
      cell: ({ id, name }) => <Link to={`/authority/institutions/${id}`}>{format.text(name)}</Link>,
    },
    { key: 'kind', head: t('institutions.kind'), cell: ({ kind }) => word(`kind.${kind}`) },
    { key: 'tier', head: t('institutions.tier'), cell: ({ tier }) => word(`tier.${tier}`) },
    { key: 'region', head: t('institutions.region'), cell: ({ region }) => region },
    {
      key: 'state',
      head: t('institutions.state'),
      cell: (institution) => <InstitutionTag institution={institution} />,
    },
  ];
  return (
    <DataTable
      caption={t('institutions.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function isAbout({ name, code, region }: Institution, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name.zh, name.en, code, region].some((one) => one.toLowerCase().includes(wanted));
}
