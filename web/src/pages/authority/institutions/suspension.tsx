import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authorityApi } from '../../../api/authority';
import type { Institution } from '../../../api/authority-types';
import { ConfirmButton } from '../../../parts/confirm-button';
import { DialogButton } from '../../../parts/dialog-button';
import { ProblemNote } from '../../../parts/note';
import { ReasonForm } from '../../../parts/reason-form';
import { useFormat } from '../../../parts/use-format';
import { renew } from '../queries';

const MOST_REASON = 500;

/** Stops an institution, or lets it work again. */
export function Suspension({ institution }: { institution: Institution }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const queries = useQueryClient();
  const name = format.text(institution.name);
  const reinstate = useMutation({
    mutationFn: () => authorityApi.reinstate(institution.id),
    onSettled: () => renew(queries),
  });
  return (
    <div className="no-print">
      {reinstate.isError && <ProblemNote error={reinstate.error} />}
      {institution.status === 'suspended' ? (
        <ConfirmButton
          label={t('institution.reinstate')}
          title={t('institution.reinstateTitle', { name })}
          question={<p>{t('institution.reinstateText')}</p>}
          confirmLabel={t('institution.reinstate')}
          disabled={reinstate.isPending}
          onConfirm={() => reinstate.mutate()}
        />
      ) : (
        <DialogButton
          label={t('institution.suspend')}
          title={t('institution.suspendTitle', { name })}
          tone="grave"
        >
          {(close) => (
            <ReasonForm
              label={t('reason')}
              submit={t('institution.suspend')}
              tone="grave"
              most={MOST_REASON}
              close={close}
              act={async (reason) => {
                await authorityApi.suspend(institution.id, reason);
                await renew(queries);
              }}
            >
              <p>{t('institution.suspendText')}</p>
            </ReasonForm>
          )}
        </DialogButton>
      )}
    </div>
  );
}
