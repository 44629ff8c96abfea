import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type OwnAccount, securityApi } from '../../api/security';
import { ActProblem } from '../../parts/act-problem';
import { ConfirmButton } from '../../parts/confirm-button';
import { CodeList } from './code-list';

/** What stands in for a lost telephone; there are codes once there is a second factor. */
export function RecoveryCodes({ own }: { own: OwnAccount }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const renew = useMutation({
    mutationFn: securityApi.newRecoveryCodes,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own'] }),
  });
  if (!own.hasOneTimeCode && own.passkeys.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="recovery">
      <div>
        <h2 id="recovery">{t('recovery.title')}</h2>
        <p>{t('recovery.left', { count: own.recoveryCodesLeft })}</p>
        <p>{t('recovery.text')}</p>
      </div>
      {renew.isError && <ActProblem error={renew.error} />}
      {renew.data && <CodeList codes={renew.data.codes} />}
      <div>
        <ConfirmButton
          tone="plain"
          label={t('recovery.renew')}
          title={t('recovery.renewTitle')}
          question={<p>{t('recovery.renewQuestion')}</p>}
          confirmLabel={t('recovery.renew')}
          disabled={renew.isPending}
          onConfirm={() => renew.mutate()}
        />
      </div>
    </section>
  );
}
