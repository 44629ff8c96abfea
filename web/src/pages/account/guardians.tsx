import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownDataApi } from '../../api/own-data';
import type { Representation } from '../../api/types';
import { ConfirmButton } from '../../parts/confirm-button';
import { ProblemNote } from '../../parts/note';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { GUARDIANSHIPS, useOwn, useWhose } from './record';

/** Who acts or acted for the learner, and for whom the learner may act. */
export function Guardians() {
  const { actingFor } = useWhose();
  return (
    <>
      <Representatives />
      {actingFor === null && <Children />}
    </>
  );
}

function Representatives() {
  const { t } = useTranslation('acting');
  const representatives = useOwn(['representatives'], ownDataApi.representatives);
  const items = representatives.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="representatives">
      <h2 id="representatives">{t('forMe')}</h2>
      <p>{t('forMeText')}</p>
      {representatives.isError && <ProblemNote error={representatives.error} />}
      {representatives.isSuccess && items.length === 0 && <p>{t('nobody')}</p>}
      <ul className="lines">
        {items.map((one) => (
          <li key={one.id}>
            <Right one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Right({ one }: { one: Representation }) {
  const { t } = useTranslation('acting');
  const format = useFormat();
  const isActive = one.state === 'active';
  return (
    <>
      <strong>{t(`kind.${one.kind}`)}</strong>{' '}
      <Tag tone={isActive ? 'good' : 'quiet'} icon={isActive ? 'check' : 'clock'}>
        {t(`state.${one.state}`)}
      </Tag>
      <div>{one.acts.map((act) => t(`acts.${act}`)).join(t('and'))}</div>
      <div className="small soft">
        {t('period', {
          from: format.moment(one.beginsAt),
          until: format.moment(one.endedAt ?? one.endsAt),
        })}{' '}
        {t(`given.${one.given}`)}
      </div>
    </>
  );
}

function Children() {
  const { t } = useTranslation('acting');
  const queries = useQueryClient();
  const children = useQuery({ queryKey: GUARDIANSHIPS, queryFn: ownDataApi.guardianships });
  const end = useMutation({
    mutationFn: ownDataApi.endGuardianship,
    onSettled: () => queries.invalidateQueries({ queryKey: GUARDIANSHIPS }),
  });
  const items = children.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="children">
      <h2 id="children">{t('asGuardian')}</h2>
      {end.isError && <ProblemNote error={end.error} />}
      <ul className="lines">
        {items.map((one) => (
          <li key={one.id} className="stack tight">
            <div>
              <Right one={one} />
            </div>
            {one.state === 'active' && (
              <div className="row no-print">
                <Link to={`/account/for/${one.id}`} className="button main">
                  {t('open')}
                </Link>
                <ConfirmButton
                  tone="grave"
                  label={t('end')}
                  title={t('end')}
                  question={<p>{t('endQuestion')}</p>}
                  confirmLabel={t('end')}
                  disabled={end.isPending}
                  onConfirm={() => end.mutate(one.id)}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
