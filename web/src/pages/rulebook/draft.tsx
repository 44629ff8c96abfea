import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type RuleDraft, draftsApi } from '../../api/drafts';
import { useInstitutionByCode } from '../../parts/institution-codes';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useWindow } from '../../parts/rule-words';
import { useFormat } from '../../parts/use-format';
import { CheckLine, CheckView } from './check-view';
import { DraftHistory } from './draft-history';
import { DraftSteps, DraftTag } from './draft-state';
import { NextStep } from './next-step';
import { DraftSimulations } from './draft-simulations';

/** One draft: where it stands, whose turn it is, and all that has to be known to decide. */
export function DraftPage() {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { id = '' } = useParams();
  const draft = useQuery({
    queryKey: ['drafts', id],
    queryFn: () => draftsApi.draft(id),
    ...live,
  });
  const title = draft.data
    ? t('drafts.version', { title: format.text(draft.data.title), version: draft.data.version })
    : t('draft.title');
  return (
    <Page
      title={title}
      lead={
        <p>
          <Link to="/rulebook/drafts">{t('draft.all')}</Link>
        </p>
      }
    >
      {draft.isPending && <Loading />}
      {draft.isError && <ProblemNote error={draft.error} />}
      {draft.data && <Draft draft={draft.data} />}
    </Page>
  );
}

function Draft({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  // A text says the same for ever; what it is compared with may change, so it is asked now and then.
  const check = useQuery({
    queryKey: ['rule-check', draft.source],
    queryFn: () => draftsApi.check(draft.source),
    staleTime: 30_000,
  });
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="stands">
        <div className="row" role="status">
          <h2 id="stands">{t('draft.stands')}</h2>
          <DraftTag state={draft.state} />
        </div>
        <DraftSteps state={draft.state} />
        <NextStep draft={draft} check={check.data} />
        <Facts draft={draft} />
      </section>
      {draft.state !== 'published' && check.data && <CheckLine check={check.data} />}
      <DraftSimulations draft={draft} />
      {check.isPending && <Loading />}
      {check.isError && <ProblemNote error={check.error} />}
      {check.data && <CheckView check={check.data} />}
      <DraftHistory history={draft.history} />
      <section className="card">
        <details>
          <summary>{t('draft.text')}</summary>
          <div className="inside stack">
            <pre className="source" tabIndex={0} aria-label={t('draft.text')}>
              {draft.source}
            </pre>
            <p className="small soft">
              {t('draft.fingerprint')} <span className="code">{draft.hash}</span>
            </p>
          </div>
        </details>
      </section>
    </div>
  );
}

function Facts({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  const windowOf = useWindow();
  const institutionName = useInstitutionByCode();
  const programmeName = useProgrammeNames();
  const facts = [
    ['programme', programmeName(draft.programme)],
    ['institution', institutionName(draft.institution)],
    ['window', windowOf(draft)],
    ['rule', draft.rule],
  ] as const;
  return (
    <dl className="facts wide">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`fact.${name}`)}</dt>
          <dd className="plain">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
