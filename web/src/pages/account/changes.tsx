import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { learnerApi } from '../../api/learner';
import type { Entry, Statement } from '../../api/types';
import { useFormat } from '../../parts/use-format';
import { EntryTag } from './entry-tag';
import { useOwnTitles } from './own-records';
import { useOwn, useWhose } from './record';

const READ = 20;
const SHOWN = 5;
const SHOWN_OTHERWISE = 3;
const KEY = 'credit-bank-seen';

/** What happened since the learner last looked; otherwise the last that happened. */
export function Changes() {
  const newest = useOwn(['newest'], (client) => learnerApi.newest(client, READ));
  if (!newest.data || newest.data.items.length === 0) return null;
  return <Newest key={newest.data.learnerId} statement={newest.data} />;
}

function Newest({ statement }: { statement: Statement }) {
  const { t } = useTranslation('learner');
  const { base, actingFor } = useWhose();
  const { learnerId, knownAt, items } = statement;
  // What counted as seen when the page opened, so that the list stays while it is read.
  const [seenAt] = useState(() => (actingFor === null ? seen(learnerId) : null));
  useEffect(() => {
    if (actingFor === null) remember(learnerId, knownAt);
  }, [actingFor, learnerId, knownAt]);
  const news = seenAt === null ? [] : items.filter(({ recordedAt }) => recordedAt > seenAt);
  const isNew = news.length > 0;
  const shown = isNew ? news.slice(0, SHOWN) : items.slice(0, SHOWN_OTHERWISE);
  return (
    <section className="card" aria-labelledby="changes">
      <h2 id="changes">{isNew ? t('changes.sinceLast') : t('changes.latest')}</h2>
      <ul className="lines" aria-live="polite">
        {shown.map((entry) => (
          <Change key={entry.id} entry={entry} />
        ))}
      </ul>
      <p>
        <Link to={`${base}/statement`}>{t('changes.all')}</Link>
      </p>
    </section>
  );
}

function Change({ entry }: { entry: Entry }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const title = useOwnTitles().get(entry.outcomeId);
  return (
    <li>
      <EntryTag kind={entry.kind} />{' '}
      {t('changes.line', {
        title: title ? format.text(title) : '',
        amount: format.amount(entry.amount),
        count: Number(entry.amount),
      })}
      <div className="small soft">{format.moment(entry.recordedAt)}</div>
    </li>
  );
}

/** When this learner last looked, in this browser. Storage may be switched off or hold anything. */
function seen(learnerId: string): string | null {
  try {
    const [who, at] = (localStorage.getItem(KEY) ?? '').split(' ');
    return who === learnerId && at !== undefined ? at : null;
  } catch {
    return null;
  }
}

function remember(learnerId: string, at: string): void {
  try {
    localStorage.setItem(KEY, `${learnerId} ${at}`);
  } catch {
    // Then every visit is like the first.
  }
}
