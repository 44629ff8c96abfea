import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../api/authority-types';
import { proposalsApi } from '../../api/proposals';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Note, ProblemNote } from '../../parts/note';
import { ReasonForm } from '../../parts/reason-form';
import { useFormat } from '../../parts/use-format';

/** Confirm, refuse or take back; where one may not, why not. */
export function Decision({ proposal }: { proposal: ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const queries = useQueryClient();
  const renew = () => queries.invalidateQueries({ queryKey: ['proposals'] });
  const confirm = useMutation({
    mutationFn: () => proposalsApi.confirm(proposal.id, proposal.digest),
    onSettled: renew,
  });
  const { whyNot } = proposal;
  if (whyNot === 'closed') {
    return confirm.isSuccess ? <Note tone="good" urgent title={t('decide.done')} /> : null;
  }
  const isRefusable = whyNot === null || whyNot === 'proposer';
  const refusal = t(whyNot === 'proposer' ? 'decide.withdraw' : 'decide.refuse');
  return (
    <section className="card stack no-print" aria-labelledby="decide">
      <h2 id="decide">{t('decide.title')}</h2>
      {confirm.isError && <ProblemNote error={confirm.error} />}
      {whyNot !== null && <WhyNot proposal={proposal} whyNot={whyNot} />}
      {isRefusable && (
        <div className="row">
          {whyNot === null && (
            <ConfirmButton
              label={t('decide.confirm')}
              title={t('decide.confirmTitle')}
              question={<p>{t('decide.confirmQuestion')}</p>}
              confirmLabel={t('decide.confirm')}
              disabled={confirm.isPending}
              onConfirm={() => confirm.mutate()}
            />
          )}
          <DialogButton label={refusal} title={refusal} tone="grave">
            {(close) => (
              <ReasonForm
                label={t('decide.reason')}
                hint={t('decide.reasonHint')}
                submit={refusal}
                tone="grave"
                close={close}
                act={async (reason) => {
                  await proposalsApi.refuse(proposal.id, reason);
                  await renew();
                }}
              />
            )}
          </DialogButton>
        </div>
      )}
    </section>
  );
}

type Hindrance = Exclude<ProposalDetail['whyNot'], null | 'closed'>;

function WhyNot({ proposal, whyNot }: { proposal: ProposalDetail; whyNot: Hindrance }) {
  const { t } = useTranslation('proposals');
  const { t: word } = useTranslation('role');
  const format = useFormat();
  const roles = format.list(proposal.deciders.map((role) => word(role)));
  return (
    <Note tone="wait" title={t('decide.notYou')}>
      <p>{t(`decide.whyNot.${whyNot}`, { roles })}</p>
    </Note>
  );
}
