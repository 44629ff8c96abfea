import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { learnerApi } from '../../api/learner';
import type { ShareChange, ShareDetail } from '../../api/types';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';
import { PinField } from './pin-field';
import { useAct, useWhose } from './record';

const DAYS = [7, 30, 90, 180] as const;
const DEFAULT_DAYS = 30;

/** Extend it, set or take away its PIN, end it. */
export function ShareActs({ share }: { share: ShareDetail }) {
  const { t } = useTranslation('mine');
  const { acts } = useWhose();
  const revoke = useAct((client) => learnerApi.revokeShare(client, share.id));
  if (share.state !== 'active' || !acts.includes('share')) return null;
  return (
    <section className="card stack no-print" aria-labelledby="acts">
      <h2 id="acts">{t('share.change')}</h2>
      {revoke.isError && <ProblemNote error={revoke.error} />}
      <div className="row">
        <DialogButton label={t('share.extend')} title={t('share.extendTitle')}>
          {(close) => (
            <ChangeForm
              id={share.id}
              onDone={close}
              read={(form) => ({ days: Number(textOf(form, 'days')) })}
            >
              <Field label={t('share.extendDays')}>
                {(control) => (
                  <select {...control} name="days" defaultValue={DEFAULT_DAYS}>
                    {DAYS.map((days) => (
                      <option key={days} value={days}>
                        {t('sharing.dayCount', { count: days })}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </ChangeForm>
          )}
        </DialogButton>
        <DialogButton
          label={share.hasPin ? t('share.changePin') : t('share.setPin')}
          title={share.hasPin ? t('share.changePin') : t('share.setPin')}
        >
          {(close) => (
            <ChangeForm
              id={share.id}
              onDone={close}
              read={(form) => ({ pin: textOf(form, 'pin') })}
            >
              <PinField label={t('share.newPin')} isRequired />
            </ChangeForm>
          )}
        </DialogButton>
        {share.hasPin && <TakePinAway id={share.id} />}
        <ConfirmButton
          tone="grave"
          label={t('share.revoke')}
          title={t('share.revokeTitle')}
          question={<p>{t('share.revokeQuestion', { purpose: share.purpose })}</p>}
          confirmLabel={t('share.revoke')}
          disabled={revoke.isPending}
          onConfirm={() => revoke.mutate()}
        />
      </div>
    </section>
  );
}

function TakePinAway({ id }: { id: string }) {
  const { t } = useTranslation('mine');
  const change = useAct((client) => learnerApi.changeShare(client, id, { pin: null }));
  return (
    <ConfirmButton
      tone="grave"
      label={t('share.takePin')}
      title={t('share.takePin')}
      question={<p>{t('share.takePinQuestion')}</p>}
      confirmLabel={t('share.takePin')}
      disabled={change.isPending}
      onConfirm={() => change.mutate()}
    />
  );
}

function ChangeForm(props: {
  id: string;
  onDone: () => void;
  read: (form: FormData) => ShareChange;
  children: ReactNode;
}) {
  const { t } = useTranslation('mine');
  const { t: tc } = useTranslation();
  const change = useAct((client, body: ShareChange) =>
    learnerApi.changeShare(client, props.id, body),
  );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(props.read(new FormData(event.currentTarget)), { onSuccess: props.onDone });
  };
  return (
    <form onSubmit={submit}>
      {change.isError && <ProblemNote error={change.error} />}
      {props.children}
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={change.isPending}>
          {t('share.save')}
        </button>
        <button type="button" className="button" onClick={props.onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}
