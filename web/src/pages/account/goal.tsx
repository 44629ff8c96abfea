import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useProgrammes } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { usePreferences } from '../../parts/use-preferences';

/** What the number is worth: its distance to the goal the learner chose. */
export function Goal() {
  const { t } = useTranslation('learner');
  const { goal } = usePreferences();
  if (goal === null) {
    return (
      <p>
        {t('goal.none')} <Link to="/account/convert">{t('goal.choose')}</Link>
      </p>
    );
  }
  return <Distance goal={goal} />;
}

function Distance({ goal }: { goal: string }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const programme = useProgrammes().data?.find(({ code }) => code === goal);
  const { data: evaluated } = useQuery({
    queryKey: ['own', 'evaluation', goal],
    queryFn: () => api.evaluate('me', goal),
  });
  if (!programme || !evaluated) return null;
  const { decision } = evaluated;
  const missing = decision.requirements.filter(({ met }) => !met);
  return (
    <div>
      <p>
        {t('goal.worth', {
          amount: format.amount(decision.credits),
          programme: format.text(programme.title),
        })}{' '}
        {missing.length === 0 && decision.award === 'met' && t('goal.met')}
      </p>
      {missing.length > 0 && (
        <ul>
          {missing.map((requirement) => (
            <li key={requirement.requirement}>
              {t('goal.short', {
                title: format.text(requirement.title),
                amount: format.amount(requirement.short),
              })}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/account/convert">{t('goal.see')}</Link>
      </p>
    </div>
  );
}
