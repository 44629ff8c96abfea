import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { RuleCompare } from '../../parts/rule-compare';
import { RuleReadingView, VersionFacts } from '../../parts/rule-reading';
import { useFormat } from '../../parts/use-format';
import { useRule } from '../../parts/use-rule';

/** One rule as everybody may read it: in words, with its examples and versions. */
export function PublicRule() {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const { versions, reading, error, isPending } = useRule(id, params.get('version'));
  return (
    <Page
      title={reading ? format.text(reading.title) : t('rules.one')}
      lead={
        <p>
          <Link to="/catalogue/rules">{t('rules.all')}</Link>
        </p>
      }
    >
      {isPending && <Loading />}
      {error !== null && <ProblemNote error={error} />}
      {reading && (
        <div className="stack">
          <section className="card stack">
            <VersionFacts reading={reading} />
          </section>
          <RuleReadingView reading={reading} />
          <RuleCompare reading={reading} versions={versions} />
        </div>
      )}
    </Page>
  );
}
