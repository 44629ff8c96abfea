import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { clientFor } from '../../api/http';
import { learnerApi } from '../../api/learner';
import { ownDataApi } from '../../api/own-data';
import type { Representation } from '../../api/types';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { ActingBanner } from './acting-banner';
import { GUARDIANSHIPS, type Whose, WhoseRecord } from './record';
import { RecordPages } from './record-pages';

/** A child's record, opened by the guardian from the own account. */
export function ActingForChild() {
  const { t } = useTranslation('acting');
  const { id = '' } = useParams();
  const children = useQuery({ queryKey: GUARDIANSHIPS, queryFn: ownDataApi.guardianships });
  if (children.isPending) return <Loading />;
  if (children.isError) return <ProblemNote error={children.error} />;
  const right = children.data.items.find((one) => one.id === id && one.state === 'active');
  if (!right) {
    return (
      <Page title={t('asGuardian')}>
        <Note tone="wait" title={t('over')} />
      </Page>
    );
  }
  const leave = (
    <Link to="/account/data" className="button">
      {t('leave')}
    </Link>
  );
  return <Acting right={right} base={`/account/for/${id}`} leave={leave} />;
}

/** The pages of the record for which a right to act opens them. */
export function Acting(props: { right: Representation; base: string; leave: ReactNode }) {
  const { right, base } = props;
  const [goal, setGoal] = useState<string | null>(null);
  const whose = useMemo<Whose>(
    () => ({
      actingFor: right.id,
      acts: right.acts,
      isGuardian: right.kind === 'guardian',
      base,
      goal,
      setGoal,
    }),
    [right, base, goal],
  );
  const profile = useQuery({
    queryKey: ['own', right.id, 'profile'],
    queryFn: () => learnerApi.profile(clientFor(right.id)),
    staleTime: Infinity,
  });
  return (
    <WhoseRecord whose={whose}>
      <ActingBanner right={right} name={profile.data?.name ?? null} leave={props.leave} />
      <RecordPages />
    </WhoseRecord>
  );
}
