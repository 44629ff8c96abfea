import { useTranslation } from 'react-i18next';
import type { RuleEvent } from '../../api/drafts';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';

/** Everything that was done to a draft, the newest first. */
export function DraftHistory({ history }: { history: readonly RuleEvent[] }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      <ul className="lines">
        {history.toReversed().map((event, index) => (
          <li key={index}>
            <strong>{t(`action.${event.action}`)}</strong>
            {event.effectiveOn !== null && ` · ${format.date(event.effectiveOn)}`}
            <div className="small soft">
              <Actor event={event} /> · {format.moment(event.at)}
            </div>
            {event.note !== null && <div>{event.note}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Actor({ event: { byName, byInstitution } }: { event: RuleEvent }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const institution = useInstitutionNames().get(byInstitution ?? '');
  const names = [institution && format.text(institution), byName].filter(Boolean);
  return names.length > 0 ? names.join(' · ') : t('history.system');
}
