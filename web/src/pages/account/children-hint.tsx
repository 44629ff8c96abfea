import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ownDataApi } from '../../api/own-data';
import { Note } from '../../parts/note';
import { GUARDIANSHIPS, useWhose } from './record';

/** Leads a guardian to the child's record; nothing for everybody else. */
export function ChildrenHint() {
  const { actingFor } = useWhose();
  const children = useQuery({
    queryKey: GUARDIANSHIPS,
    queryFn: ownDataApi.guardianships,
    enabled: actingFor === null,
  });
  const open = (children.data?.items ?? []).filter(({ state }) => state === 'active');
  const [first] = open;
  if (actingFor !== null || !first) return null;
  // One child is opened at once; several stand in a list.
  const to = open.length === 1 ? `/account/for/${first.id}` : '/account/data#children';
  return (
    <Suspense fallback={null}>
      <Hint to={to} />
    </Suspense>
  );
}

function Hint({ to }: { to: string }) {
  const { t } = useTranslation('acting');
  return (
    <Note tone="brand" title={t('hint')}>
      <p>
        <Link to={to}>{t('open')}</Link>
      </p>
    </Note>
  );
}
