import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { authorityApi } from '../../../api/authority';
import type { Institution } from '../../../api/authority-types';
import { Fact } from '../../../parts/fact';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useInstitutionNames } from '../../../parts/records';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { keyOf } from '../queries';
import { Demerits } from './demerits';
import { Members } from './members';
import { Rights } from './rights';
import { Suspension } from './suspension';
import { InstitutionTag } from './words';

/** One institution: what it is, what it may do, who works there and what stands against it. */
export function InstitutionPage() {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const { id = '' } = useParams();
  const institution = useQuery({
    queryKey: keyOf('institution', id),
    queryFn: () => authorityApi.institution(id),
    ...live,
  });
  return (
    <Page
      title={institution.data ? format.text(institution.data.name) : t('institutions.title')}
      lead={
        <p>
          <Link to="/authority/institutions">{t('institution.back')}</Link>
        </p>
      }
    >
      {institution.isPending && <Loading />}
      {institution.isError && <ProblemNote error={institution.error} />}
      {institution.data && <Parts institution={institution.data} />}
    </Page>
  );
}

function Parts({ institution }: { institution: Institution }) {
  const { t } = useTranslation('authority');
  const { roles } = useSignedIn();
  return (
    <div className="stack">
      {institution.status === 'suspended' && <Note tone="bad" title={t('institution.suspended')} />}
      <Facts institution={institution} />
      <Rights institution={institution} />
      <Members institution={institution} />
      <Demerits institution={institution} isWriter={roles.includes('authority')} />
    </div>
  );
}

function Facts({ institution }: { institution: Institution }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const names = useInstitutionNames();
  const { id, code, kind, tier, parentId, region } = institution;
  const parent = parentId === null ? undefined : names.get(parentId);
  return (
    <section className="card stack" aria-labelledby="facts">
      <h2 id="facts">{t('institution.facts')}</h2>
      <dl className="facts wide">
        <Fact term={t('institution.state')}>
          <InstitutionTag institution={institution} />
        </Fact>
        <Fact term={t('institution.kind')}>{word(`kind.${kind}`)}</Fact>
        <Fact term={t('institution.tier')}>{word(`tier.${tier}`)}</Fact>
        <Fact term={t('institution.parent')}>
          {parent && parentId !== null ? (
            <Link to={`/authority/institutions/${parentId}`}>{format.text(parent)}</Link>
          ) : (
            t('institution.noParent')
          )}
        </Fact>
        <Fact term={t('institution.region')}>{region}</Fact>
        <Fact term={t('institution.code')}>
          <span className="code">{code}</span>
        </Fact>
      </dl>
      <p>
        <Link to={`/authority/events?institution=${id}`}>{t('institution.history')}</Link>
      </p>
      <Suspension institution={institution} />
    </section>
  );
}
