import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { counterApi } from '../../api/counter';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { Page } from '../../parts/page';
import { PersonFields, personOf } from '../../parts/person-fields';
import { useFormat } from '../../parts/use-format';

interface Slip {
  readonly name: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** A code with which somebody opens the own account at home; who has none in the bank gets one. */
export function ClaimCodes() {
  const { t } = useTranslation('counter');
  const [slip, setSlip] = useState<Slip | null>(null);
  const issue = useMutation({ mutationFn: counterApi.claimCode });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const person = personOf(new FormData(element));
    issue.mutate(person, {
      onSuccess: ({ code, expiresAt }) => {
        setSlip({ name: person.name, code, expiresAt });
        element.reset();
      },
    });
  };
  return (
    <Page title={t('claimCode.title')} lead={<p>{t('claimCode.lead')}</p>}>
      <div className="stack">
        {slip && <CodeSlip slip={slip} />}
        <section className="card no-print" aria-label={t('claimCode.title')}>
          <form onSubmit={submit}>
            {issue.isError && <ProblemNote error={issue.error} />}
            <PersonFields />
            <button type="submit" className="button main" disabled={issue.isPending}>
              {t('claimCode.issue')}
            </button>
          </form>
        </section>
      </div>
    </Page>
  );
}

function CodeSlip({ slip }: { slip: Slip }) {
  const { t } = useTranslation('counter');
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [slip]);
  return (
    <section className="card stack">
      <h2 ref={heading} tabIndex={-1}>
        {t('claimCode.made', { name: slip.name })}
      </h2>
      <p className="big-code">{slip.code}</p>
      <p>{t('claimCode.how', { address: `${window.location.origin}/claim` })}</p>
      <p>{t('claimCode.until', { at: format.moment(slip.expiresAt) })}</p>
      <p className="no-print">
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" />
          {t('claimCode.print')}
        </button>
      </p>
    </section>
  );
}
