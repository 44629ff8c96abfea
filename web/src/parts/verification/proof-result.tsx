import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityKind, Proof } from '../../api/types';
import { type Column, DataTable } from '../data-table';
import { OutcomeTable } from '../outcome-table';
import { useFormat } from '../use-format';
import { AnswerTools, CheckedBy } from './answer-tools';
import { Checks } from './checks';
import { useStanding } from './use-standing';
import { Verdict } from './verdict';

/** What a code shows, its verdict first. */
export function ProofResult(props: {
  result: Proof;
  takesFocus: boolean;
  code?: string | undefined;
  isBusy?: boolean;
  onAgain?: (() => void) | undefined;
  /** What else to do with it. */
  tools?: ReactNode;
}) {
  const { t } = useTranslation('verify');
  const { result } = props;
  const rows = result.outcomes.map((outcome) => ({
    ...outcome,
    registrar: outcome.institution.name,
  }));
  return (
    <>
      <section className="card stack" aria-labelledby="checks">
        <ProofVerdict result={result} takesFocus={props.takesFocus} />
        <Facts result={result} />
        <div>
          <h2 id="checks">{t('checks')}</h2>
          <Checks checks={result.checks} />
        </div>
        <CheckedBy at={result.checkedAt} code={props.code} />
        <AnswerTools {...props}>{props.tools}</AnswerTools>
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

/** The answer in words, and what to do with it; in other words as soon as it no longer stands. */
function ProofVerdict({ result, takesFocus }: { result: Proof; takesFocus: boolean }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const standing = useStanding(result);
  const at = format.moment(result.checkedAt);
  if (standing !== 'same') {
    const hasEnded = standing === 'ended';
    return (
      <Verdict
        tone={hasEnded ? 'bad' : 'wait'}
        title={t(`standing.${standing}`)}
        takesFocus={false}
        urgent
      >
        <p>{t(`standing.${standing}Text`, { at })}</p>
      </Verdict>
    );
  }
  const failed = result.checks.filter((check) => check.result === 'fail').length;
  return (
    <Verdict
      tone={failed === 0 ? 'good' : 'bad'}
      title={failed === 0 ? t('valid') : t('notAll', { count: failed })}
      takesFocus={takesFocus}
    >
      <p>{failed === 0 ? t('advice.code') : t('advice.codeFailed')}</p>
      <p className="small">{t('checkedAt', { at })}</p>
      <p className="small no-print">{t('standing.watched')}</p>
    </Verdict>
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
