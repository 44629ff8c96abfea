import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ReportSchedule, reportsApi } from '../../../api/reports';
import { ActForm } from '../../../parts/act-form';
import { ConfirmButton } from '../../../parts/confirm-button';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { PeriodSelect, thisPeriod, usePeriodName } from '../../../parts/period';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew } from '../queries';

/** Publishing a report now, and when reports appear by themselves. */
export function ReportsPage() {
  const { t } = useTranslation('conditions');
  const isAuthority = useSignedIn().roles.includes('authority');
  const schedule = useQuery({
    queryKey: keyOf('schedule'),
    queryFn: reportsApi.schedule,
    ...live,
  });
  return (
    <Page
      title={t('reports.title')}
      lead={
        <p>
          {t('reports.lead')} <Link to="/report">{t('reports.see')}</Link>
        </p>
      }
    >
      <div className="stack">
        {isAuthority && <Publish />}
        {schedule.isPending && <Loading />}
        {schedule.isError && <ProblemNote error={schedule.error} />}
        {schedule.data && <ScheduleCard schedule={schedule.data} mayChange={isAuthority} />}
      </div>
    </Page>
  );
}

function Publish() {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const queries = useQueryClient();
  const name = usePeriodName();
  const [period, setPeriod] = useState(thisPeriod);
  const publish = useMutation({
    mutationFn: reportsApi.publish,
    onSuccess: () => renew(queries),
  });
  return (
    <section className="card" aria-labelledby="publish">
      <h2 id="publish">{t('reports.publish')}</h2>
      <p>{t('reports.publishLead')}</p>
      {publish.isError && <ProblemNote error={publish.error} />}
      {publish.data && (
        <Note
          tone="good"
          urgent
          title={
            <>
              {t('reports.published')}
              <Link to={`/report/reports/${publish.data.id}`}>
                {format.text(publish.data.title)}
              </Link>
            </>
          }
        />
      )}
      <PeriodSelect value={period} onChange={setPeriod} />
      <ConfirmButton
        label={t('reports.confirm')}
        title={t('reports.publish')}
        question={<p>{t('reports.question', { period: name(period) })}</p>}
        confirmLabel={t('reports.confirm')}
        disabled={publish.isPending}
        onConfirm={() => publish.mutate(period)}
      />
    </section>
  );
}

function ScheduleCard(props: { schedule: ReportSchedule; mayChange: boolean }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const name = usePeriodName();
  const { days, periodKind, next, setAt, setBy } = props.schedule;
  // A day of every year, `01-15`; the year it is read in is one that has a 29 February.
  const dayOf = (day: string): string => format.dayOfYear(`2028-${day}`);
  const kind = t(periodKind === 'year' ? 'reports.year' : 'reports.schoolYear');
  return (
    <section className="card stack" aria-labelledby="schedule">
      <div>
        <h2 id="schedule">{t('reports.schedule')}</h2>
        <p>
          {days.length === 0
            ? t('reports.scheduleNone')
            : t('reports.scheduleNow', { days: format.list(days.map(dayOf)), kind })}
        </p>
        {next && (
          <p>{t('reports.next', { day: format.date(next.day), period: name(next.period) })}</p>
        )}
        {setAt !== null && (
          <p className="small soft">
            {t('reports.setBy', { by: setBy ?? '', at: format.moment(setAt) })}
          </p>
        )}
      </div>
      {props.mayChange && <ScheduleForm key={setAt} schedule={props.schedule} />}
    </section>
  );
}

function ScheduleForm({ schedule: { days, periodKind } }: { schedule: ReportSchedule }) {
  const { t } = useTranslation('conditions');
  const queries = useQueryClient();
  const act = (form: FormData) =>
    reportsApi.setSchedule({
      days: trimmedOf(form, 'days')
        .split(/[\s,，、]+/)
        .filter((day) => day !== ''),
      periodKind: trimmedOf(form, 'periodKind') === 'year' ? 'year' : 'school-year',
    });
  return (
    <ActForm label={t('reports.save')} act={act} onDone={() => void renew(queries)}>
      <Field label={t('reports.days')} hint={t('reports.daysHint')}>
        {(control) => (
          <input {...control} name="days" maxLength={200} defaultValue={days.join(' ')} />
        )}
      </Field>
      <Field label={t('reports.kind')}>
        {(control) => (
          <select {...control} name="periodKind" defaultValue={periodKind}>
            <option value="year">{t('reports.year')}</option>
            <option value="school-year">{t('reports.schoolYear')}</option>
          </select>
        )}
      </Field>
    </ActForm>
  );
}
