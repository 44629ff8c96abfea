import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { RuleReading, RuleVersion } from '../../api/rules';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { RuleReadingView, VersionFacts } from '../../parts/rule-reading';
import { RuleCompare } from '../../parts/rule-compare';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { useRule } from '../../parts/use-rule';
import { Reevaluation } from './reevaluation';
import { Retirement } from './retirement';
import { mayBeTurn } from './turn';

/** One regulation: a version in words, all versions, what changed, and what a change set going. */
export function RulePage() {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const { versions, reading, error, isPending } = useRule(id, params.get('version'));
  return (
    <Page
      title={reading ? format.text(reading.title) : t('rule.title')}
      lead={
        <p>
          <Link to="/rulebook">{t('rule.all')}</Link>
        </p>
      }
    >
      {isPending && <Loading />}
      {error !== null && <ProblemNote error={error} />}
      {reading && <Rule reading={reading} versions={versions} />}
    </Page>
  );
}

function Rule({ reading, versions }: { reading: RuleReading; versions: readonly RuleVersion[] }) {
  const { t } = useTranslation('rulebook');
  const { roles } = useSignedIn();
  return (
    <div className="stack">
      <section className="card stack">
        <VersionFacts reading={reading} />
        {mayBeTurn('draft', roles) && (
          <div>
            <Link
              to={`/rulebook/drafts/new?from=${encodeURIComponent(reading.id)}`}
              className="button main"
            >
              {t('rule.draft')}
            </Link>
          </div>
        )}
      </section>
      <Reevaluation reading={reading} />
      <RuleCompare reading={reading} versions={versions} />
      <RuleReadingView reading={reading} />
      <Retirement reading={reading} />
    </div>
  );
}
