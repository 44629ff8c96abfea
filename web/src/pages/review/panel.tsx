import { useTranslation } from 'react-i18next';
import type { Application } from '../../api/types';
import { Note } from '../../parts/note';
import { useFormat } from '../../parts/use-format';

/** Who decides and how far they are, what the learner appealed against, and how panels voted. */
export function PanelNotes({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const format = useFormat();
  const { panel, appeal, votes } = application;
  return (
    <>
      {appeal && (
        <Note tone="wait" title={t('panel.appeal', { at: format.moment(appeal.at) })}>
          <p>{appeal.reason}</p>
        </Note>
      )}
      {panel && panel.size > 1 && (
        <Note tone="brand" title={t(`panel.round${panel.round}`, { size: panel.size })}>
          <p>
            {t('panel.votes', { votes: panel.votes, size: panel.size })}{' '}
            {panel.hasVoted && t('panel.youVoted')}
          </p>
        </Note>
      )}
      {/* One vote alone is the decision, which the history tells. */}
      {votes.length > 1 && (
        <div>
          <h3>{t('panel.voted')}</h3>
          <ul className="lines">
            {votes.map((vote, index) => (
              <li key={index}>
                <strong>{t(`panel.verdict.${vote.verdict}`)}</strong>
                {vote.note && ` ${vote.note}`}
                <div className="small soft">
                  {t(`panel.of${vote.round}`)} · {format.moment(vote.at)}
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
