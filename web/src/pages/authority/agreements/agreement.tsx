import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { authorityApi } from '../../../api/authority';
import type { Agreement, SignedAgreement, SignedParty } from '../../../api/authority-types';
import { AgreementAnswer, AgreementEnd } from '../../../parts/agreement-acts';
import { type Column, DataTable } from '../../../parts/data-table';
import { Fact } from '../../../parts/fact';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useProgrammeNames } from '../../../parts/records';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew, useInstitutions } from '../queries';
import { RuleSides } from './rule-sides';
import { AgreementTag } from './words';

/** One agreement: who signed what, how much of it is used, and what the rules say beside it. */
export function AgreementPage() {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const { id = '' } = useParams();
  const agreement = useQuery({
    queryKey: keyOf('agreement', id),
    queryFn: () => authorityApi.agreement(id),
    ...live,
  });
  return (
    <Page
      title={agreement.data ? format.text(agreement.data.title) : t('agreements.title')}
      lead={
        <p>
          <Link to="/authority/agreements">{t('agreement.back')}</Link>
        </p>
      }
    >
      {agreement.isPending && <Loading />}
      {agreement.isError && <ProblemNote error={agreement.error} />}
      {agreement.data && <Parts agreement={agreement.data} />}
    </Page>
  );
}

function Parts({ agreement }: { agreement: Agreement }) {
  const { signed } = agreement;
  const queries = useQueryClient();
  const { institutionId } = useSignedIn();
  const own = useInstitutions().data?.find(({ id }) => id === institutionId)?.code;
  const acting = { own, onDone: () => renew(queries) };
  return (
    <div className="stack">
      {signed && <AgreementAnswer agreement={signed} {...acting} />}
      {signed && <Terms agreement={signed} />}
      {signed && <Parties agreement={signed} />}
      <RuleSides agreement={agreement} />
      {signed && <AgreementEnd agreement={signed} {...acting} />}
    </div>
  );
}

function Terms({ agreement }: { agreement: SignedAgreement }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { state, basis, from, to, endsOn, forms, levels, programmes, code } = agreement;
  const all = t('agreement.all');
  return (
    <section className="card stack" aria-labelledby="terms">
      <div>
        <h2 id="terms">{t('agreement.about')}</h2>
        <div role="status">
          <AgreementTag state={state} />
        </div>
      </div>
      <dl className="facts wide">
        <Fact term={t('agreement.from')}>{format.date(from)}</Fact>
        <Fact term={t('agreement.to')}>{format.date(to)}</Fact>
        {endsOn && <Fact term={t('agreement.endsOn')}>{format.date(endsOn)}</Fact>}
        <Fact term={t('agreement.forms')}>
          {forms ? format.list(forms.map((form) => word(`form.${form}`))) : all}
        </Fact>
        <Fact term={t('agreement.levels')}>{levels ? format.list(levels) : all}</Fact>
        <Fact term={t('agreement.programmes')}>
          {programmes ? format.list(programmes.map(programmeName)) : all}
        </Fact>
        <Fact term={t('agreement.basis')}>{basis}</Fact>
        <Fact term={t('agreement.code')}>
          <span className="code">{code}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Parties({ agreement: { parties } }: { agreement: SignedAgreement }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const columns: Column<SignedParty>[] = [
    {
      key: 'party',
      head: t('agreement.party'),
      cell: ({ institutionName, withMembers }) => (
        <>
          {format.text(institutionName)}
          {withMembers && <div className="small soft">{t('agreement.withMembers')}</div>}
        </>
      ),
    },
    {
      key: 'said',
      head: t('agreement.answer'),
      cell: ({ said }) => t(`agreement.said.${said ?? 'none'}`),
    },
    {
      key: 'accepts',
      head: t('agreement.accepts'),
      number: true,
      cell: ({ accepts }) => format.amount(accepts),
    },
    { key: 'quota', head: t('agreement.quota'), cell: (party) => <Quota party={party} /> },
  ];
  return (
    <section className="card" aria-labelledby="parties">
      <h2 id="parties">{t('agreement.parties')}</h2>
      <DataTable
        caption={t('agreement.parties')}
        hideCaption
        columns={columns}
        rows={parties}
        rowKey={({ institution }) => institution}
      />
    </section>
  );
}

/** How much of a quota is used: words first, the bar repeats them. */
function Quota({ party: { quota, quotaPer, quotaLeft, institutionName } }: { party: SignedParty }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  if (quota === null) return t('agreement.noQuota');
  const amount = format.amount(quota);
  const left = quotaLeft ?? quota;
  const used = minus(quota, left);
  return (
    <>
      <div>
        {t(quotaPer === 'whole' ? 'agreement.quotaWhole' : 'agreement.quotaYear', { amount })}
      </div>
      <div className="small soft">
        {t('agreement.usedOf', { used: format.amount(used), left: format.amount(left) })}
      </div>
      <meter aria-label={format.text(institutionName)} max={Number(quota)} value={used} />
    </>
  );
}

const THOUSANDTHS = 1_000;

/** The difference of two amounts, counted in thousandths and so exactly. */
function minus(a: string, b: string): string {
  const inThousandths = (amount: string): number => Math.round(Number(amount) * THOUSANDTHS);
  return String((inThousandths(a) - inThousandths(b)) / THOUSANDTHS);
}
