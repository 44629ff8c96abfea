import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Outcome,
  type Proposal,
  type RevocationEffects,
  type RevokedOutcome,
  isProposal,
  recordsApi,
} from '../../../api/records';
import { ActForm } from '../../../parts/act-form';
import { ConfirmButton } from '../../../parts/confirm-button';
import { textOf } from '../../../parts/form';
import { isZero } from '../../../parts/format';
import { ProblemNote } from '../../../parts/note';
import { SecondPerson } from '../../../parts/second-person';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { Proposed } from './proposed';

/** Take an outcome back: first what falls with it, then the act, alone or with a second person. */
export function Revocation({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const { t } = useTranslation('records');
  const [seen, setSeen] = useState<{ preview: RevokedOutcome; reason: string } | null>(null);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const onMade = (made: RevokedOutcome | Proposal): void => {
    setSeen(null);
    if (isProposal(made)) setProposal(made);
    else onDone();
  };
  return (
    <section className="card stack" aria-labelledby="revocation">
      <div>
        <h2 id="revocation">{t('revocation.title')}</h2>
        <p>{t('revocation.text')}</p>
      </div>
      {proposal && <Proposed proposal={proposal} />}
      {!seen && !proposal && (
        <ActForm
          label={t('revocation.preview')}
          act={async (form) => {
            const reason = textOf(form, 'reason').trim();
            return { reason, preview: await recordsApi.preview(outcome.id, reason) };
          }}
          onDone={setSeen}
        >
          <TextField
            label={t('revocation.reason')}
            hint={t('revocation.reasonHint')}
            name="reason"
            maxLength={300}
            required
          />
        </ActForm>
      )}
      {seen && <Preview {...seen} onMade={onMade} onCancel={() => setSeen(null)} />}
    </section>
  );
}

function Preview(props: {
  preview: RevokedOutcome;
  reason: string;
  onMade: (made: RevokedOutcome | Proposal) => void;
  onCancel: () => void;
}) {
  const { preview, reason } = props;
  const { t } = useTranslation('records');
  const isAlone = preview.needsSecondPerson.length === 0;
  const revoke = useMutation({
    mutationFn: () => recordsApi.revoke(preview.outcome.id, reason, preview.digest),
    onSuccess: props.onMade,
  });
  return (
    <div className="stack" role="status">
      <h3>{t('effects.title')}</h3>
      <Effects effects={preview.effects} />
      <SecondPerson reasons={preview.needsSecondPerson} />
      {revoke.isError && <ProblemNote error={revoke.error} />}
      <div className="row">
        <ConfirmButton
          tone="grave"
          label={t(isAlone ? 'revocation.act' : 'revocation.propose')}
          title={t('revocation.sure')}
          question={<p>{t(isAlone ? 'revocation.question' : 'revocation.proposeQuestion')}</p>}
          confirmLabel={t(isAlone ? 'revocation.act' : 'revocation.propose')}
          disabled={revoke.isPending}
          onConfirm={() => revoke.mutate()}
        />
        <button type="button" className="button" onClick={props.onCancel}>
          {t('revocation.cancel')}
        </button>
      </div>
    </div>
  );
}

const BALANCES = ['available', 'held', 'used', 'expired'] as const;

/** What falls with it, in words: credit, conversions, what comes back, codes that show it. */
function Effects({ effects }: { effects: RevocationEffects }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { vanishes, returns, conversions, shares, admissions } = effects;
  const gone = BALANCES.filter((balance) => !isZero(vanishes[balance]));
  return (
    <ul className="lines">
      <li>
        {gone.length === 0
          ? t('effects.noCredit')
          : gone
              .map((balance) =>
                t(`effects.vanishes.${balance}`, { amount: format.amount(vanishes[balance]) }),
              )
              .join(t('effects.and'))}
      </li>
      {conversions.map((conversion) => (
        <li key={conversion.applicationId}>
          {t(`effects.fate.${conversion.fate}`, {
            programme: format.text(conversion.title),
            institution: format.text(conversion.institution.name),
          })}
          {conversion.award && ` ${t('effects.award')}`}
        </li>
      ))}
      {returns.map((credit) => (
        <li key={credit.outcomeId}>
          {t(credit.expires ? 'effects.returnsExpired' : 'effects.returns', {
            title: format.text(credit.title),
            amount: format.amount(credit.amount),
          })}
        </li>
      ))}
      {shares.length > 0 && <li>{t('effects.shares', { count: shares.length })}</li>}
      {admissions.map(({ id, institution, because, at }) => (
        <li key={id}>
          {t(`effects.admission.${because}`, {
            institution: format.text(institution.name),
            at: format.moment(at),
          })}
        </li>
      ))}
      {conversions.length + shares.length + admissions.length === 0 && (
        <li>{t('effects.nothingElse')}</li>
      )}
    </ul>
  );
}
