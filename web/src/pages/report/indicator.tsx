import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type IndicatorDetail, reportApi } from '../../api/report';
import { Fact } from '../../parts/fact';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useAccount } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { Institutions, Parts, UsedInputs } from './made-of';
import { PeriodField, usePeriod } from './period';
import { Series } from './series';
import { FigureSinceFrozen } from './since-frozen';
import { MetTag, useFigures } from './words';

/** One indicator: its figure, its definition, what it is made of, years and institutions. */
export function IndicatorPage() {
  const { t } = useTranslation('report');
  const format = useFormat();
  const { id = '' } = useParams();
  const period = usePeriod();
  const detail = useQuery({
    queryKey: ['indicators', period, id],
    queryFn: () => reportApi.indicator(id, period),
    ...live,
  });
  return (
    <Page
      title={detail.data ? format.text(detail.data.indicator.title) : t('title')}
      lead={
        <p>
          <Link to={`/report?period=${period}`}>{t('one.back')}</Link>
        </p>
      }
    >
      <div className="stack">
        <PeriodField />
        {detail.isPending && <Loading />}
        {detail.isError && <ProblemNote error={detail.error} />}
        {detail.data && <Detail detail={detail.data} />}
      </div>
    </Page>
  );
}

function Detail({ detail }: { detail: IndicatorDetail }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const { indicator, series, institutions } = detail;
  return (
    <>
      <Figure detail={detail} />
      <FigureSinceFrozen period={detail.period.id} id={indicator.id} />
      {indicator.missing.length > 0 && (
        <Note tone="wait" title={t('one.missing')}>
          <p>{format.list(indicator.missing.map(({ title }) => format.text(title)))}</p>
          <p>{t('one.missingText')}</p>
        </Note>
      )}
      <Series indicator={indicator} series={series} />
      <Parts indicator={indicator} />
      {indicator.inputs.length > 0 && <UsedInputs inputs={indicator.inputs} />}
      {institutions.length > 0 && (
        <Institutions institutions={institutions} unit={indicator.unit} />
      )}
    </>
  );
}

function Figure({ detail: { indicator, dataTime, cohortFrozenAt } }: { detail: IndicatorDetail }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  const { target, definition, owner, version } = indicator;
  return (
    <section className="card stack" aria-labelledby="figure">
      <div>
        <h2 id="figure">{t('column.value')}</h2>
        {/* A figure keeps to one line; the words for none do not. */}
        <p className={indicator.value === null ? undefined : 'figure'}>
          {figures.value(indicator)}
        </p>
        <MetTag indicator={indicator} />
      </div>
      <dl className="facts wide">
        <Fact term={t('column.target')}>{figures.target(indicator)}</Fact>
        {target && <Fact term={t('one.targetSource')}>{format.text(target.source)}</Fact>}
        <Fact term={t('one.owner')}>{format.text(owner)}</Fact>
        <Fact term={t('one.definition')}>
          {format.text(definition)}
          <div className="small soft">{t('one.version', { version })}</div>
        </Fact>
      </dl>
      {isFromOutside(indicator) && <p>{t('one.fromOutside')}</p>}
      <Down id={indicator.id} counted={indicator.parts.length > 0} />
      <p className="small soft">
        {t('dataTime', { at: format.moment(dataTime) })}
        {cohortFrozenAt !== null && ` · ${t('one.frozen', { at: format.moment(cohortFrozenAt) })}`}
      </p>
    </section>
  );
}

/** Made of figures that were entered, so there are no outcomes and entries to go down to. */
function isFromOutside({ parts, inputs }: IndicatorDetail['indicator']): boolean {
  return parts.length === 0 && inputs.length > 0;
}

/** Down to outcomes and entries, for who may see them. */
function Down({ id, counted }: { id: string; counted: boolean }) {
  const { t } = useTranslation('report');
  const period = usePeriod();
  const account = useAccount();
  if (!counted || !account?.roles.includes('authority')) return null;
  return (
    <p className="no-print">
      <Link to={`/authority/indicators/${id}?period=${period}`}>{t('one.sourcesLink')}</Link>
    </p>
  );
}
