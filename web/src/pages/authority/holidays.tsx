import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { authorityApi } from '../../api/authority';
import type { HolidayNotice, NewHolidayNotice } from '../../api/authority-types';
import { Fact } from '../../parts/fact';
import { Field } from '../../parts/field';
import { trimmedOf } from '../../parts/form';
import { bankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { type Days, daysOf, spansOf } from './day-lines';
import { keyOf, renew } from './queries';

const YEARS_BACK = 1;
/** A year has about so many spans. */
const ROWS = 8;
const YEARS_AHEAD = 2;

/** The days of a year that are worked or not against the usual week. */
export function HolidaysPage() {
  const { t } = useTranslation('operations');
  const thisYear = Number(bankDay(Date.now()).slice(0, 4));
  const { year = String(thisYear) } = useParams();
  const isAuthority = useSignedIn().roles.includes('authority');
  const notice = useQuery({
    queryKey: keyOf('holidays', year),
    queryFn: () => authorityApi.holidays(year),
    ...live,
  });
  const years = Array.from(
    { length: YEARS_BACK + YEARS_AHEAD + 1 },
    (_, index) => thisYear - YEARS_BACK + index,
  );
  return (
    <Page
      title={`${t('holidays.title')} · ${t('holidays.year', { year })}`}
      lead={<p>{t('holidays.lead')}</p>}
    >
      <div className="stack">
        <nav aria-label={t('holidays.years')} className="row tabs">
          {years.map((one) => (
            <Link
              key={one}
              to={`/authority/holidays/${one}`}
              className={String(one) === year ? 'button main' : 'button'}
              aria-current={String(one) === year ? 'page' : undefined}
            >
              {t('holidays.year', { year: one })}
            </Link>
          ))}
        </nav>
        {notice.isPending && <Loading />}
        {notice.isError && <ProblemNote error={notice.error} />}
        {notice.data === null && <Note tone="wait" title={t('holidays.missing', { year })} />}
        {notice.data && <Shown notice={notice.data} />}
        {notice.data !== undefined && isAuthority && (
          <NoticeForm key={year} year={year} notice={notice.data} />
        )}
        {!isAuthority && <p className="soft">{t('holidays.only')}</p>}
      </div>
    </Page>
  );
}

function Shown({ notice }: { notice: HolidayNotice }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const { source, recordedAt, daysOff, workingDays } = notice;
  const said = (days: readonly string[]): string =>
    format.list(
      spansOf(days).map(({ from, to }) =>
        from === to ? format.dayOfYear(from) : `${format.dayOfYear(from)}–${format.dayOfYear(to)}`,
      ),
    );
  return (
    <section className="card stack" aria-labelledby="notice">
      <h2 id="notice">{source}</h2>
      <dl className="facts wide">
        <Fact term={t('holidays.off', { count: daysOff.length })}>{said(daysOff)}</Fact>
        <Fact term={t('holidays.worked', { count: workingDays.length })}>{said(workingDays)}</Fact>
      </dl>
      <p className="small soft">{t('holidays.recorded', { at: format.moment(recordedAt) })}</p>
    </section>
  );
}

function NoticeForm({ year, notice }: { year: string; notice: HolidayNotice | null }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [faults, setFaults] = useState<Record<'daysOff' | 'workingDays', string | null>>({
    daysOff: null,
    workingDays: null,
  });
  const put = useMutation({
    mutationFn: (body: NewHolidayNotice) => authorityApi.putHolidays(year, body),
    onSuccess: () => renew(queries),
  });
  const faultOf = ({ bad, other }: Days): string | null => {
    if (bad !== undefined) return t('holidays.bad', { line: bad });
    return other === undefined ? null : t('holidays.other', { line: other, year });
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const off = daysOf(trimmedOf(form, 'daysOff'), year);
    const worked = daysOf(trimmedOf(form, 'workingDays'), year);
    setFaults({ daysOff: faultOf(off), workingDays: faultOf(worked) });
    if (faultOf(off) !== null || faultOf(worked) !== null) return;
    put.mutate({
      source: trimmedOf(form, 'source'),
      daysOff: off.days,
      workingDays: worked.days,
    });
  };
  return (
    <section className="card no-print" aria-labelledby="edit">
      <h2 id="edit">{t('holidays.edit')}</h2>
      {put.isError && <ProblemNote error={put.error} />}
      {put.isSuccess && <Note tone="good" urgent title={t('saved')} />}
      <form onSubmit={submit}>
        <Field label={t('holidays.source')}>
          {(control) => (
            <input
              {...control}
              name="source"
              required
              maxLength={300}
              defaultValue={notice?.source}
            />
          )}
        </Field>
        <Lines name="daysOff" days={notice?.daysOff ?? []} fault={faults.daysOff} />
        <Lines name="workingDays" days={notice?.workingDays ?? []} fault={faults.workingDays} />
        <button type="submit" className="button main" disabled={put.isPending}>
          {t(put.isPending ? 'saving' : 'save')}
        </button>
      </form>
    </section>
  );
}

function Lines(props: {
  name: 'daysOff' | 'workingDays';
  days: readonly string[];
  fault: string | null;
}) {
  const { t } = useTranslation('operations');
  return (
    <Field
      label={t(`holidays.${props.name}`)}
      hint={t(`holidays.${props.name}Hint`)}
      fault={props.fault ?? undefined}
    >
      {(control) => (
        <textarea
          {...control}
          name={props.name}
          rows={ROWS}
          defaultValue={spansOf(props.days)
            .map(({ from, to }) => (from === to ? from : `${from} ~ ${to}`))
            .join('\n')}
        />
      )}
    </Field>
  );
}
