import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { draftsApi } from '../../api/drafts';
import { live } from '../../parts/live';
import { Note } from '../../parts/note';
import { Page } from '../../parts/page';
import { RuleList } from '../../parts/rule-list';
import { useSignedIn } from '../../parts/session';
import { DraftTable } from './drafts';
import { mayBeTurn } from './turn';

/** What is in force, and what waits for the reader. */
export function Rules() {
  const { t } = useTranslation('rulebook');
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <YourTurn />
        <section className="card stack" aria-labelledby="rules">
          <h2 id="rules">{t('publishedRules')}</h2>
          <RuleList base="/rulebook/rules" />
        </section>
      </div>
    </Page>
  );
}

/** Drafts on which the reader can take the next step. */
function YourTurn() {
  const { t } = useTranslation('rulebook');
  const { roles } = useSignedIn();
  const { data } = useQuery({ queryKey: ['drafts'], queryFn: draftsApi.drafts, ...live });
  if (!data) return null;
  const waiting = data.filter(({ state }) => mayBeTurn(state, roles));
  const mayWrite = mayBeTurn('draft', roles);
  return (
    <section className="card stack" aria-labelledby="turn">
      <h2 id="turn">{t('turn.title')}</h2>
      {waiting.length === 0 ? (
        <Note tone="good" title={t('turn.nothing')} />
      ) : (
        <DraftTable drafts={waiting} caption={t('turn.title')} />
      )}
      {mayWrite && (
        <div>
          <Link to="/rulebook/drafts/new" className="button">
            {t('draft.new')}
          </Link>
        </div>
      )}
    </section>
  );
}
