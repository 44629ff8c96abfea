import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authorityApi } from '../../../api/authority';
import type {
  Demerit,
  Institution,
  NewDemerit,
  PenaltySpan,
  ReversalOfDemerit,
} from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { DialogButton } from '../../../parts/dialog-button';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { ReasonForm } from '../../../parts/reason-form';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew } from '../queries';

const MOST_REASON = 1000;

/** What stands against an institution, and what it comes to. */
export function Demerits(props: { institution: Institution; isWriter: boolean }) {
  const { t } = useTranslation('authority');
  const { id, standings } = props.institution;
  const demerits = useQuery({
    queryKey: keyOf('demerits', id),
    queryFn: () => authorityApi.demerits(id),
    ...live,
  });
  return (
    <section className="card stack" aria-labelledby="demerits">
      <h2 id="demerits">{t('demerits.title')}</h2>
      <Standings standings={standings} />
      {demerits.isPending && <Loading />}
      {demerits.isError && <ProblemNote error={demerits.error} />}
      {demerits.data?.items.length === 0 && <p>{t('demerits.none')}</p>}
      {demerits.data && demerits.data.items.length > 0 && (
        <Table rows={demerits.data.items} institution={id} isWriter={props.isWriter} />
      )}
      {props.isWriter && <Write institution={id} />}
    </section>
  );
}

function Standings({ standings }: { standings: readonly PenaltySpan[] }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  if (standings.length === 0) return <p className="soft">{t('demerits.noStanding')}</p>;
  return (
    <div>
      <h3>{t('demerits.standing')}</h3>
      <ul className="lines">
        {standings.map(({ outcome, penalty, points, from, to }) => (
          <li key={`${outcome} ${from}`}>
            <Tag tone="bad" icon="warn">
              {word(`penalty.${penalty}`)}
            </Tag>{' '}
            {outcome ?? t('demerits.everything')} · {t('demerits.points', { count: points })} ·{' '}
            {to === null
              ? t('demerits.span', { from: format.date(from) })
              : t('demerits.spanTo', { from: format.date(from), to: format.date(to) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Table(props: { rows: readonly Demerit[]; institution: string; isWriter: boolean }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const takenBack = new Set(props.rows.map(({ reverses }) => reverses));
  const actions: Column<Demerit> = {
    key: 'act',
    head: t('demerits.act'),
    cell: (demerit) => {
      if (demerit.kind !== 'offence') return '';
      if (takenBack.has(demerit.id)) return t('demerits.takenBack');
      return <Reverse institution={props.institution} demerit={demerit} />;
    },
  };
  const columns: Column<Demerit>[] = [
    {
      key: 'when',
      head: t('demerits.when'),
      cell: ({ countsFrom }) => <span className="nowrap">{format.date(countsFrom)}</span>,
    },
    {
      key: 'what',
      head: t('demerits.what'),
      cell: ({ kind, offence }) =>
        kind === 'offence' && offence === 'breach'
          ? t('demerits.offence.breach')
          : t(`demerits.kind.${kind}`),
    },
    {
      key: 'points',
      head: t('demerits.value'),
      number: true,
      cell: ({ points }) => format.count(points),
    },
    {
      key: 'about',
      head: t('demerits.about'),
      cell: ({ outcome }) => outcome ?? t('demerits.everything'),
    },
    { key: 'reason', head: t('demerits.reason'), cell: ({ reason }) => reason },
    ...(props.isWriter ? [actions] : []),
  ];
  return (
    <DataTable
      caption={t('demerits.caption')}
      hideCaption
      columns={columns}
      rows={props.rows}
      rowKey={({ id }) => id}
    />
  );
}

function Write({ institution }: { institution: string }) {
  const { t } = useTranslation('authority');
  const queries = useQueryClient();
  return (
    <div className="no-print">
      <DialogButton label={t('demerits.write')} title={t('demerits.write')} tone="grave">
        {(close) => (
          <ReasonForm
            label={t('demerits.reason')}
            hint={t('demerits.reasonHint')}
            submit={t('demerits.submit')}
            tone="grave"
            most={MOST_REASON}
            close={close}
            act={async (reason, form) => {
              await authorityApi.writeDemerit(institution, newDemeritOf(reason, form));
              await renew(queries);
            }}
          >
            <p>{t('demerits.writeLead')}</p>
            <Field label={t('demerits.outcome')} hint={t('demerits.outcomeHint')}>
              {(control) => <input {...control} name="outcome" maxLength={80} />}
            </Field>
            <Field label={t('demerits.countsFrom')} hint={t('demerits.countsFromHint')}>
              {(control) => <input {...control} type="date" name="countsFrom" />}
            </Field>
          </ReasonForm>
        )}
      </DialogButton>
    </div>
  );
}

function Reverse({ institution, demerit }: { institution: string; demerit: Demerit }) {
  const { t } = useTranslation('authority');
  const queries = useQueryClient();
  return (
    <DialogButton label={t('demerits.reverse')} title={t('demerits.reverseTitle')}>
      {(close) => (
        <ReasonForm
          label={t('demerits.reason')}
          hint={t('demerits.reasonHint')}
          submit={t('demerits.reverse')}
          most={MOST_REASON}
          close={close}
          act={async (reason, form) => {
            const kind = trimmedOf(form, 'kind') as ReversalOfDemerit['kind'];
            await authorityApi.reverseDemerit(institution, demerit.id, { kind, reason });
            await renew(queries);
          }}
        >
          <p>{t('demerits.reverseLead')}</p>
          <Field label={t('demerits.why')}>
            {(control) => (
              <select {...control} name="kind">
                <option value="appeal-upheld">{t('demerits.appeal')}</option>
                <option value="lapsed">{t('demerits.lapsed')}</option>
              </select>
            )}
          </Field>
        </ReasonForm>
      )}
    </DialogButton>
  );
}

function newDemeritOf(reason: string, form: FormData): NewDemerit {
  const [outcome, countsFrom] = [trimmedOf(form, 'outcome'), trimmedOf(form, 'countsFrom')];
  return {
    offence: 'breach',
    reason,
    ...(outcome !== '' && { outcome }),
    ...(countsFrom !== '' && { countsFrom }),
  };
}
