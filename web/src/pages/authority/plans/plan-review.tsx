import { useTranslation } from 'react-i18next';
import type { NewScheme } from '../../../api/schemes';
import { ConfirmButton } from '../../../parts/confirm-button';
import { type Column, DataTable } from '../../../parts/data-table';
import { Fact } from '../../../parts/fact';
import { Note } from '../../../parts/note';
import { useCodedNames, useProgrammeNames } from '../../../parts/records';
import { useFormat } from '../../../parts/use-format';

type Place = NewScheme['places'][number];

/** A plan as it would be published: it never changes after it, only the number of places can. */
export function PlanReview(props: {
  wanted: NewScheme;
  isBusy: boolean;
  onPublish: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { wanted } = props;
  return (
    <section className="card stack" aria-labelledby="review">
      <h2 id="review">{format.text(wanted.title)}</h2>
      <Note tone="wait" urgent title={t('review.title')}>
        <p>{t('review.text')}</p>
      </Note>
      <dl className="facts wide">
        <Fact term={t('form.programme')}>{programmeName(wanted.programme)}</Fact>
        <Fact term={t('form.year')}>{wanted.year}</Fact>
        <Fact term={t('form.code')}>
          <span className="code">{wanted.code}</span>
        </Fact>
        <Fact term={t('form.opens')}>{format.date(wanted.opens)}</Fact>
        <Fact term={t('form.closes')}>{format.date(wanted.closes)}</Fact>
        <Fact term={t('form.evidenceUntil')}>{format.date(wanted.evidenceUntil)}</Fact>
        <Fact term={t('form.rules')}>
          {wanted.rules ? t('review.rules', { count: wanted.rules.length }) : t('review.everyRule')}
        </Fact>
        <Fact term={t('form.scoring')}>
          {t(wanted.scoring === undefined ? 'review.noScoring' : 'review.scoring')}
        </Fact>
      </dl>
      <Places places={wanted.places} />
      <div className="row">
        <ConfirmButton
          label={t('review.publish')}
          title={t('review.publish')}
          question={<p>{t('review.question')}</p>}
          confirmLabel={t('review.publish')}
          disabled={props.isBusy}
          onConfirm={props.onPublish}
        />
        <button type="button" className="button" onClick={props.onBack}>
          {t('review.back')}
        </button>
      </div>
    </section>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const institutionName = useCodedNames();
  const total = places.reduce((sum, one) => sum + one.places, 0);
  const columns: Column<Place>[] = [
    {
      key: 'major',
      head: t('review.major'),
      cell: ({ title, major }) => (
        <>
          {format.text(title)} <span className="small soft code">{major}</span>
        </>
      ),
    },
    {
      key: 'school',
      head: t('form.school'),
      cell: ({ institution }) => institutionName(institution),
    },
    {
      key: 'places',
      head: t('form.number'),
      number: true,
      cell: ({ places: count }) => format.count(count),
    },
  ];
  return (
    <DataTable
      caption={t('review.places', { count: total })}
      columns={columns}
      rows={places}
      rowKey={({ institution, major }) => `${institution} ${major}`}
    />
  );
}
