import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OwnAccount, securityApi } from '../../api/security';
import { ActForm } from '../../parts/act-form';
import { textOf } from '../../parts/form';
import { Note } from '../../parts/note';
import { TextField } from '../../parts/text-field';

export function Password({ own }: { own: OwnAccount }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const [isDone, setDone] = useState(false);
  return (
    <section className="card stack" aria-labelledby="password">
      <div>
        <h2 id="password">{t('password.title')}</h2>
        <p>{t(own.hasPassword ? 'password.has' : 'password.none')}</p>
      </div>
      {isDone && <Note tone="good" title={t('password.done')} urgent />}
      {own.hasPassword && (
        <ActForm
          label={t('password.action')}
          act={(form) => securityApi.setPassword(textOf(form, 'current'), textOf(form, 'next'))}
          onDone={() => {
            setDone(true);
            void queries.invalidateQueries({ queryKey: ['session'] });
            void queries.invalidateQueries({ queryKey: ['own'] });
          }}
        >
          <TextField
            label={t('password.current')}
            name="current"
            type="password"
            autoComplete="current-password"
            required
          />
          <TextField
            label={t('password.next')}
            hint={t('password.hint')}
            name="next"
            type="password"
            autoComplete="new-password"
            minLength={8}
            maxLength={128}
            required
          />
        </ActForm>
      )}
    </section>
  );
}
