import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SignedAgreement } from '../../../api/authority-types';
import { type InstitutionView, membersApi } from '../../../api/members';
import { AgreementAnswer, AgreementEnd } from '../../../parts/agreement-acts';
import { type Column, DataTable } from '../../../parts/data-table';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useProgrammeNames } from '../../../parts/records';
import { useSignedIn } from '../../../parts/session';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';

/** What the institution is and may do, what stands against it, and the agreements it is party to. */
export function OfficePage() {
  const { t } = useTranslation('systems');
  const { institutionId } = useSignedIn();
  return (
    <Page title={t('office.title')} lead={<p>{t('office.lead')}</p>}>
      {institutionId === null ? (
        <Note tone="quiet" title={t('noInstitution')} />
      ) : (
        <Office id={institutionId} />
      )}
    </Page>
  );
}

function Office({ id }: { id: string }) {
  const institution = useQuery({
    queryKey: ['institution', id],
    queryFn: () => membersApi.institution(id),
  });
  if (institution.isPending) return <Loading />;
  if (institution.isError) return <ProblemNote error={institution.error} />;
  return (
    <div className="stack">
      <Rights institution={institution.data} />
      <Standings institution={institution.data} />
      <Agreements code={institution.data.code} />
    </div>
  );
}

function Rights({ institution }: { institution: InstitutionView }) {
  const { t } = useTranslation(['systems', 'institution']);
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { awards, registers, recognises } = institution;
  const forms = (list: readonly (typeof awards)[number][]): string =>
    list.length === 0
      ? t('office.nothing')
      : list.map((form) => t(`institution:form.${form}`)).join(t('and'));
  const facts = [
    [t('office.code'), institution.code],
    [t('office.kind'), t(`institution:kind.${institution.kind}`)],
    [t('office.tier'), t(`institution:tier.${institution.tier}`)],
    [t('office.region'), institution.region],
    [t('office.awards'), forms(awards)],
    [t('office.registers'), forms(registers)],
    [
      t('office.recognises'),
      recognises === null
        ? t('office.byRules')
        : recognises.length === 0
          ? t('office.nothing')
          : recognises.map((code) => programmeName(code)).join(t('and')),
    ],
  ] as const;
  return (
    <section className="card stack" aria-labelledby="rights">
      <h2 id="rights">{format.text(institution.name)}</h2>
      <p>
        <Tag
          tone={institution.status === 'active' ? 'good' : 'bad'}
          icon={institution.status === 'active' ? 'check' : 'lock'}
        >
          {t(`institution:status.${institution.status}`)}
        </Tag>
      </p>
      <dl className="facts wide">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="plain">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t('office.changes')}</p>
    </section>
  );
}

function Standings({ institution }: { institution: InstitutionView }) {
  const { t } = useTranslation(['systems', 'institution']);
  const format = useFormat();
  const { standings } = institution;
  if (standings.length === 0) return <Note tone="good" title={t('office.clean')} />;
  return (
    <Note tone="bad" title={t('office.standings')}>
      <ul>
        {standings.map((span) => (
          <li key={`${span.outcome} ${span.from} ${span.penalty}`}>
            {t('office.standing', {
              penalty: t(`institution:penalty.${span.penalty}`),
              about: span.outcome ?? t('office.all'),
              points: format.count(span.points),
              from: format.date(span.from),
            })}
          </li>
        ))}
      </ul>
    </Note>
  );
}

const IN_FORCE: readonly string[] = ['in-force', 'not-begun'];
const LASTING: readonly string[] = ['in-force', 'not-begun', 'proposed'];

function Agreements({ code }: { code: string }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const agreements = useQuery({
    queryKey: ['agreements'],
    queryFn: membersApi.agreements,
    ...live,
  });
  if (agreements.isPending) return <Loading />;
  if (agreements.isError) return <ProblemNote error={agreements.error} />;
  const own = agreements.data.items
    .flatMap(({ signed }) => signed ?? [])
    .filter(({ parties }) => parties.some(({ institution }) => institution === code));
  const columns: Column<(typeof own)[number]>[] = [
    { key: 'title', head: t('agreements.agreement'), cell: ({ title }) => format.text(title) },
    { key: 'basis', head: t('agreements.basis'), cell: ({ basis }) => basis },
    {
      key: 'until',
      head: t('agreements.until'),
      cell: ({ from, to, endsOn }) =>
        t('agreements.period', { from: format.date(from), to: format.date(endsOn ?? to) }),
    },
    {
      key: 'state',
      head: t('state'),
      cell: ({ state }) => (
        <Tag
          tone={state === 'proposed' ? 'wait' : IN_FORCE.includes(state) ? 'good' : 'quiet'}
          icon={state === 'proposed' ? 'clock' : IN_FORCE.includes(state) ? 'check' : 'dash'}
        >
          {t(`agreements.state.${state}`)}
        </Tag>
      ),
    },
  ];
  return (
    <section className="card stack" aria-labelledby="agreements">
      <h2 id="agreements">{t('agreements.title')}</h2>
      {own.length === 0 ? (
        <p>{t('agreements.none')}</p>
      ) : (
        <DataTable
          caption={t('agreements.title')}
          hideCaption
          columns={columns}
          rows={own}
          rowKey={({ code: key }) => key}
        />
      )}
      {own.map((agreement) => (
        <AgreementActs key={agreement.code} agreement={agreement} own={code} />
      ))}
    </section>
  );
}

/** What one's own institution still has to say to an agreement, for who may say it. */
function AgreementActs({ agreement, own }: { agreement: SignedAgreement; own: string }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const queries = useQueryClient();
  const { roles } = useSignedIn();
  const onDone = (): Promise<void> => queries.invalidateQueries({ queryKey: ['agreements'] });
  const side = agreement.parties.find(({ institution }) => institution === own);
  const isWaiting = agreement.state === 'proposed' && side?.said === null;
  const acting = { agreement, own, onDone };
  const isEndable = LASTING.includes(agreement.state) && agreement.endsOn === null;
  if (!isWaiting && !(isEndable && side?.said === 'accepted')) return null;
  if (!roles.includes('manager')) {
    return isWaiting && <p className="soft">{t('agreements.manager')}</p>;
  }
  return (
    <div className="stack">
      <h3>{format.text(agreement.title)}</h3>
      <AgreementAnswer {...acting} />
      <AgreementEnd {...acting} />
    </div>
  );
}
