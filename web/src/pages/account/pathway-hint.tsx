import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Enrolment, pathwaysApi } from '../../api/pathways';
import { Note } from '../../parts/note';
import { useFormat } from '../../parts/use-format';
import { useOwn, useWhose } from './record';

/** The pathways of the record shown. */
export function usePathways() {
  return useOwn(['pathways'], pathwaysApi.own, { still: true });
}

/** Tells who is in a pathway where its stages stand; nothing for everybody else. */
export function PathwayHint() {
  const { data } = usePathways();
  // The texts are fetched only for whom they are about, and nobody waits for them.
  return (
    <Suspense fallback={null}>
      {data?.items.map((one) => (
        <Hint key={one.id} enrolment={one} />
      ))}
    </Suspense>
  );
}

function Hint({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  const { base } = useWhose();
  const [title, state] = [format.text(enrolment.pathwayTitle), format.text(enrolment.stateTitle)];
  const isShaken = enrolment.lookAgain.length > 0;
  return (
    <Note tone={isShaken ? 'bad' : 'brand'} title={t('hint', { title, state })}>
      {isShaken && <p>{t('again')}</p>}
      <p>
        <Link to={`${base}/pathway`}>{t('see')}</Link>
      </p>
    </Note>
  );
}
