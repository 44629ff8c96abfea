import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Offer, type OwnAccount, securityApi } from '../../api/security';
import { ActForm } from '../../parts/act-form';
import { ActProblem } from '../../parts/act-problem';
import { ConfirmButton } from '../../parts/confirm-button';
import { CopyButton } from '../../parts/copy-button';
import { textOf } from '../../parts/form';
import { QrCode } from '../../parts/qr-code';
import { TextField } from '../../parts/text-field';
import { CodeList } from './code-list';

export function OneTimeCode({ own }: { own: OwnAccount }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ['own'] });
    void queries.invalidateQueries({ queryKey: ['session'] });
  };
  const begin = useMutation({ mutationFn: securityApi.offerCode });
  const remove = useMutation({ mutationFn: securityApi.removeCode, onSuccess: refresh });
  const failed = [begin, remove].find(({ isError }) => isError);
  return (
    <section className="card stack" aria-labelledby="one-time-code">
      <div>
        <h2 id="one-time-code">{t('code.title')}</h2>
        <p>{t('code.text')}</p>
        <p>
          <strong>{t(own.hasOneTimeCode ? 'code.has' : 'code.none')}</strong>
        </p>
      </div>
      {failed && <ActProblem error={failed.error} />}
      {codes.length > 0 && <CodeList codes={codes} />}
      {!own.hasOneTimeCode && begin.data && (
        <Offered
          offer={begin.data}
          onDone={(made) => {
            setCodes(made);
            begin.reset();
            refresh();
          }}
        />
      )}
      {!own.hasOneTimeCode && !begin.data && (
        <div>
          <button
            type="button"
            className="button main"
            disabled={begin.isPending}
            onClick={() => begin.mutate()}
          >
            {t('code.begin')}
          </button>
        </div>
      )}
      {own.hasOneTimeCode && (
        <div>
          <ConfirmButton
            tone="grave"
            label={t('code.remove')}
            title={t('code.removeTitle')}
            question={<p>{t('code.removeQuestion')}</p>}
            confirmLabel={t('code.remove')}
            disabled={remove.isPending}
            onConfirm={() => remove.mutate()}
          />
        </div>
      )}
    </section>
  );
}

function Offered({ offer, onDone }: { offer: Offer; onDone: (codes: string[]) => void }) {
  const { t } = useTranslation('settings');
  return (
    <div className="stack">
      <h3>{t('code.scan')}</h3>
      <QrCode rows={offer.qr} label={t('code.qr')} />
      <div>
        <p>{t('code.typed')}</p>
        <p className="code">{offer.secret}</p>
        <p>
          <CopyButton text={offer.secret} label={t('code.copy')} />
        </p>
      </div>
      <ActForm
        label={t('code.confirm')}
        act={(form) => securityApi.confirmCode(textOf(form, 'code').trim())}
        onDone={({ codes }) => onDone(codes)}
      >
        <TextField
          label={t('code.code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          required
        />
      </ActForm>
    </div>
  );
}
