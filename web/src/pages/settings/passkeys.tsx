import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OwnAccount, securityApi } from '../../api/security';
import { ActForm } from '../../parts/act-form';
import { ActProblem } from '../../parts/act-problem';
import { ConfirmButton } from '../../parts/confirm-button';
import { textOf } from '../../parts/form';
import { Note } from '../../parts/note';
import { canMakePasskey, makePasskey } from '../../parts/passkey';
import { TextField } from '../../parts/text-field';
import { useFormat } from '../../parts/use-format';
import { CodeList } from './code-list';

type Added = Awaited<ReturnType<typeof securityApi.addPasskey>>;

export function Passkeys({ own }: { own: OwnAccount }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Added | 'cancelled' | null>(null);
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ['own'] });
    void queries.invalidateQueries({ queryKey: ['session'] });
  };
  const add = async (label: string): Promise<Added | 'cancelled'> => {
    const made = await makePasskey(await securityApi.passkeyOptions()).catch(unlessCancelled);
    return made === 'cancelled' ? made : securityApi.addPasskey(label, made);
  };
  return (
    <section className="card stack" aria-labelledby="passkeys">
      <div>
        <h2 id="passkeys">{t('passkeys.title')}</h2>
        <p>{t('passkeys.text')}</p>
      </div>
      <List own={own} onChanged={refresh} />
      {outcome === 'cancelled' && <Note tone="wait" title={t('passkeys.cancelled')} urgent />}
      {outcome !== null && outcome !== 'cancelled' && (
        <Note tone="good" title={t('passkeys.added')} urgent />
      )}
      {outcome !== null && outcome !== 'cancelled' && outcome.recoveryCodes.length > 0 && (
        <CodeList codes={outcome.recoveryCodes} />
      )}
      {canMakePasskey() ? (
        <ActForm
          label={t('passkeys.add')}
          act={(form) => add(textOf(form, 'label').trim())}
          onDone={(made) => {
            setOutcome(made);
            refresh();
          }}
        >
          <TextField
            label={t('passkeys.label')}
            hint={t('passkeys.labelHint')}
            name="label"
            maxLength={60}
            required
          />
        </ActForm>
      ) : (
        <Note tone="quiet" title={t('passkeys.unsupported')} />
      )}
    </section>
  );
}

function unlessCancelled(error: unknown): 'cancelled' {
  if (error instanceof DOMException) return 'cancelled';
  throw error;
}

function List({ own, onChanged }: { own: OwnAccount; onChanged: () => void }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const remove = useMutation({
    mutationFn: (id: string) => securityApi.removePasskey(id),
    onSuccess: onChanged,
  });
  if (own.passkeys.length === 0) return <p>{t('passkeys.none')}</p>;
  return (
    <>
      {remove.isError && <ActProblem error={remove.error} />}
      <ul className="lines">
        {own.passkeys.map(({ id, label, lastUsedAt, isSynced }) => (
          <li key={id} className="row">
            <div>
              <strong>{label}</strong>
              <div className="small soft">
                {lastUsedAt === null
                  ? t('passkeys.neverUsed')
                  : t('passkeys.used', { at: format.moment(lastUsedAt) })}
                {isSynced && ` · ${t('passkeys.synced')}`}
              </div>
            </div>
            <ConfirmButton
              tone="grave"
              label={t('passkeys.remove')}
              title={t('passkeys.removeTitle', { label })}
              question={<p>{t('passkeys.removeQuestion')}</p>}
              confirmLabel={t('passkeys.remove')}
              disabled={remove.isPending}
              onConfirm={() => remove.mutate(id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
