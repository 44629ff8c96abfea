import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiProblem, api } from '../../api/client';
import type { IdentityKind, Proof } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { OutcomeTable } from '../../parts/outcome-table';
import { Loading } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { Checks } from './checks';
import { PinForm, asksForPin } from './pin-form';
import { Verdict } from './verdict';

export function VerificationResult({ code }: { code: string }) {
  const { t } = useTranslation('verify');
  const result = useQuery({
    queryKey: ['verification', code],
    queryFn: () => api.verify(code),
    retry: false,
    // The answer carries its time; looking again is the reader's act.
    staleTime: Infinity,
  });
  // Never asked again by itself: a wrong PIN counts.
  const opened = useMutation({ mutationFn: (pin: string) => api.verify(code, pin) });
  const proof = opened.data ?? result.data;
  const error = opened.error ?? result.error;
  return (
    <>
      {result.isPending && <Loading />}
      {!proof && error && (
        <Refused error={error} isPending={opened.isPending} onPin={opened.mutate} />
      )}
      {proof && (
        <>
          <p className="print-only">
            {t('printed', { code: inGroups(code), address: window.location.href })}
          </p>
          <ProofResult result={proof} takesFocus={opened.isSuccess} />
        </>
      )}
      <p className="no-print">
        <Link to="/verify" className="button">
          {t('another')}
        </Link>
      </p>
    </>
  );
}

function inGroups(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}

function Refused(props: { error: Error; isPending: boolean; onPin: (pin: string) => void }) {
  const { error, ...form } = props;
  return asksForPin(error) ? (
    <section className="card">
      <PinForm problem={error} {...form} />
    </section>
  ) : (
    <NotValid error={error} />
  );
}

/** Unknown, ended and expired look alike to a stranger. */
function NotValid({ error }: { error: unknown }) {
  const { t } = useTranslation('verify');
  if (!(error instanceof ApiProblem) || error.status !== 404) return <ProblemNote error={error} />;
  return (
    <Note tone="bad" urgent title={t('notValid.title')}>
      <p>{t('notValid.text')}</p>
    </Note>
  );
}

/** What a code shows, its verdict first. */
export function ProofResult({ result, takesFocus }: { result: Proof; takesFocus: boolean }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const rows = result.outcomes.map((outcome) => ({
    ...outcome,
    registrar: outcome.institution.name,
  }));
  const failed = result.checks.filter((check) => check.result === 'fail').length;
  return (
    <>
      <section className="card stack">
        <Verdict
          tone={failed === 0 ? 'good' : 'bad'}
          title={failed === 0 ? t('valid') : t('notAll', { count: failed })}
          takesFocus={takesFocus}
        >
          <p>{t('checkedAt', { at: format.moment(result.checkedAt) })}</p>
        </Verdict>
        <Facts result={result} />
        <div>
          <h2>{t('checks')}</h2>
          <Checks checks={result.checks} />
        </div>
        <div className="no-print">
          <button type="button" className="button" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        </div>
      </section>
      <section className="card">
        <h2>{t('outcomes')}</h2>
        {result.outcomes.length === 0 ? (
          <p>{t('noOutcomes')}</p>
        ) : (
          <OutcomeTable outcomes={rows} caption={t('outcomes')} hideCaption />
        )}
      </section>
      <Total balance={result.balance} />
      {result.conversions.length > 0 && <Conversions conversions={result.conversions} />}
    </>
  );
}

function Facts({ result }: { result: Proof }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const { name, documents } = result.learner;
  const facts = [
    { fact: 'name', value: name ?? t('fact.unnamed') },
    ...documents.map(({ kind, masked }) => ({
      fact: 'document' as const,
      value: `${t(`document.${kind as IdentityKind}`)} ${masked}`,
    })),
    { fact: 'purpose', value: result.purpose },
    { fact: 'receiver', value: result.receiver },
    { fact: 'expires', value: format.moment(result.expiresAt) },
  ] as const;
  return (
    <dl className="facts wide">
      {facts.map(
        ({ fact, value }, index) =>
          value && (
            <div key={index}>
              <dt>{t(`fact.${fact}`)}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const STANDINGS = ['available', 'held', 'used', 'expired', 'revoked'] as const;

function Total({ balance }: { balance: Proof['balance'] }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  return (
    <section className="card">
      <h2>{t('total.title', { date: format.date(balance.asOf) })}</h2>
      <dl className="facts">
        {STANDINGS.map((standing) => (
          <div key={standing}>
            <dt>{t(`total.${standing}`)}</dt>
            <dd>{format.amount(balance.total[standing])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Conversion = Proof['conversions'][number];

function Conversions({ conversions }: { conversions: readonly Conversion[] }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const columns: Column<Conversion>[] = [
    {
      key: 'programme',
      head: t('conversions.programme'),
      cell: ({ title }) => format.text(title),
    },
    {
      key: 'institution',
      head: t('conversions.institution'),
      cell: ({ institution }) => format.text(institution.name),
    },
    {
      key: 'booked',
      head: t('conversions.booked'),
      cell: ({ bookedAt }) => format.moment(bookedAt),
    },
    {
      key: 'credits',
      head: t('conversions.credits'),
      number: true,
      cell: ({ credits }) => format.amount(credits),
    },
    {
      key: 'rule',
      head: t('conversions.rule'),
      cell: ({ rule: { id, version } }) => t('conversions.version', { id, version }),
    },
  ];
  return (
    <section className="card">
      <h2>{t('conversions.title')}</h2>
      <DataTable
        caption={t('conversions.title')}
        hideCaption
        columns={columns}
        rows={conversions}
        rowKey={({ applicationId }) => applicationId}
      />
    </section>
  );
}
