import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ProposalDetail } from '../../api/authority-types';
import { proposalsApi } from '../../api/proposals';
import { Fact } from '../../parts/fact';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { Decision } from './decision';
import { PathwayPreview } from './pathway-preview';
import { RevocationPreview } from './preview';
import { ProposalTag, useKindName } from './words';

/** One proposal: what it would change, why it takes two people, and who may decide it. */
export function ProposalPage() {
  const { t } = useTranslation('proposals');
  const { id = '' } = useParams();
  const kindName = useKindName();
  const proposal = useQuery({
    queryKey: ['proposals', 'one', id],
    queryFn: () => proposalsApi.show(id),
    ...live,
  });
  return (
    <Page
      title={proposal.data ? kindName(proposal.data.kind) : t('title')}
      lead={
        <p>
          <Link to="/proposals">{t('one.back')}</Link>
        </p>
      }
    >
      {proposal.isPending && <Loading />}
      {proposal.isError && <ProblemNote error={proposal.error} />}
      {proposal.data && <Case proposal={proposal.data} />}
    </Page>
  );
}

/** Who may see the preview of a revocation: who may revoke. */
const REVOKERS: readonly string[] = ['registrar', 'issuer'];

function Case({ proposal }: { proposal: ProposalDetail }) {
  const { roles } = useSignedIn();
  const isOpen = proposal.state === 'open';
  const isPreviewed =
    proposal.kind === 'outcome-revocation' &&
    isOpen &&
    proposal.whyNot !== 'other-institution' &&
    roles.some((role) => REVOKERS.includes(role));
  const isPathway =
    proposal.kind === 'pathway-publication' && isOpen && roles.includes('authority');
  return (
    <div className="stack">
      <What proposal={proposal} />
      {isPreviewed && <RevocationPreview proposal={proposal} />}
      {isPathway && <PathwayPreview proposal={proposal} />}
      <Decision proposal={proposal} />
    </div>
  );
}

function What({ proposal }: { proposal: ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const names = useInstitutionNames();
  const { institutionId, why, reason } = proposal;
  const institution = institutionId === null ? undefined : names.get(institutionId);
  return (
    <section className="card stack" aria-labelledby="what">
      <div>
        <h2 id="what">{t('one.what')}</h2>
        <div role="status">
          <ProposalTag state={proposal.state} />
        </div>
      </div>
      <Summary summary={proposal.summary} />
      <dl className="facts wide">
        <Fact term={t('one.reason')}>{reason}</Fact>
        <Fact term={t('one.whyTwo')}>{format.list(why.map((one) => t(`why.${one}`)))}</Fact>
        <Fact term={t('one.by')}>{proposal.proposedByName}</Fact>
        <Fact term={t('one.at')}>{format.moment(proposal.proposedAt)}</Fact>
        <Fact term={t('one.until')}>{format.moment(proposal.expiresAt)}</Fact>
        <Fact term={t('one.institution')}>
          {institution ? format.text(institution) : t('bank')}
        </Fact>
        {proposal.decidedAt && (
          <>
            <Fact term={t('one.decidedBy')}>{proposal.decidedByName}</Fact>
            <Fact term={t('one.decidedAt')}>{format.moment(proposal.decidedAt)}</Fact>
          </>
        )}
        {proposal.decisionReason && (
          <Fact term={t('one.decisionReason')}>{proposal.decisionReason}</Fact>
        )}
      </dl>
      <details>
        <summary>{t('one.about')}</summary>
        <dl className="facts wide inside">
          {Object.entries(proposal.about).map(([name, value]) => (
            <Fact key={name} term={name}>
              <span className="code">{String(value)}</span>
            </Fact>
          ))}
        </dl>
      </details>
    </section>
  );
}

const MEASURES = [
  'learners',
  'outcomes',
  'items',
  'credits',
  'conversions',
  'awards',
  'rights',
  'reconsidered',
  'undecided',
  'accounts',
  'oneTimeCodes',
  'passkeys',
  'recoveryCodes',
] as const;

/** How much it would change, in numbers; what is nothing is left out, all but the credits. */
function Summary({ summary }: { summary: ProposalDetail['summary'] }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const shown = MEASURES.filter((name) => summary[name] !== undefined && summary[name] !== 0);
  if (shown.length === 0) return null;
  return (
    <div>
      <h3>{t('one.changes')}</h3>
      <dl className="facts">
        {shown.map((name) => (
          <div key={name}>
            <dt>{t(`summary.${name}`)}</dt>
            <dd>{format.amount(String(summary[name]))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
