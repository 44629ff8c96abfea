import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Outcome, type Proposal, isProposal, recordsApi } from '../../../api/records';
import { ActForm } from '../../../parts/act-form';
import { textOf } from '../../../parts/form';
import { TextField } from '../../../parts/text-field';
import { Proposed } from './proposed';

/** Give a revoked outcome back after a won appeal. */
export function Redeposit({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const { t } = useTranslation('records');
  const [proposal, setProposal] = useState<Proposal | null>(null);
  return (
    <section className="card stack" aria-labelledby="redeposit">
      <div>
        <h2 id="redeposit">{t('redeposit.title')}</h2>
        <p>{t('redeposit.text')}</p>
      </div>
      {proposal ? (
        <Proposed proposal={proposal} />
      ) : (
        <ActForm
          label={t('redeposit.action')}
          act={(form) =>
            recordsApi.redeposit(
              outcome.id,
              textOf(form, 'reason').trim(),
              textOf(form, 'appeal').trim(),
            )
          }
          onDone={(made) => {
            if (isProposal(made)) setProposal(made);
            else onDone();
          }}
        >
          <TextField
            label={t('redeposit.appeal')}
            hint={t('redeposit.appealHint')}
            name="appeal"
            maxLength={120}
            required
          />
          <TextField
            label={t('redeposit.reason')}
            hint={t('revocation.reasonHint')}
            name="reason"
            maxLength={300}
            required
          />
        </ActForm>
      )}
    </section>
  );
}
