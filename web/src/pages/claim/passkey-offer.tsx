import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { passkeyApi } from '../../api/passkeys';
import { Note, ProblemNote } from '../../parts/note';
import { canMakePasskey, makePasskey } from '../../parts/passkey';

/** Offers to sign in by fingerprint or face from now on. Absent where the browser cannot. */
export function PasskeyOffer() {
  const { t } = useTranslation('claim');
  const add = useMutation({
    mutationFn: async () => {
      const credential = await makePasskey(await passkeyApi.options());
      return passkeyApi.add(t('passkey.label'), credential);
    },
  });
  if (!canMakePasskey()) return null;
  if (add.isSuccess) return <Done recoveryCodes={add.data.recoveryCodes} />;
  return (
    <section className="card stack" aria-labelledby="passkey">
      <h2 id="passkey">{t('passkey.title')}</h2>
      <p>{t('passkey.text')}</p>
      {add.isError && <Refused error={add.error} />}
      <p>
        <button
          type="button"
          className="button main"
          disabled={add.isPending}
          onClick={() => add.mutate()}
        >
          {t('passkey.add')}
        </button>
      </p>
    </section>
  );
}

/** Recovery codes are told this once. */
function Done({ recoveryCodes }: { recoveryCodes: readonly string[] }) {
  const { t } = useTranslation('claim');
  return (
    <Note tone="good" urgent title={t('passkey.done')}>
      {recoveryCodes.length > 0 && (
        <>
          <p>{t('passkey.recovery')}</p>
          <ul className="code">
            {recoveryCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}

/** Somebody who closes the browser's own window has not met a fault. */
function Refused({ error }: { error: Error }) {
  const { t } = useTranslation('claim');
  if (error instanceof DOMException) return <Note tone="wait" title={t('passkey.notMade')} />;
  return <ProblemNote error={error} />;
}
