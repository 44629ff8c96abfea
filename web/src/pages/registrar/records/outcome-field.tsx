import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordsApi } from '../../../api/records';
import { Field } from '../../../parts/field';
import { useFormat } from '../../../parts/use-format';

/** The outcome of the catalogue, by code; the browser lists what fits the words typed so far. */
export function OutcomeField({ code }: { code?: string }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const listId = useId();
  const [typed, setTyped] = useState(code ?? '');
  const asked = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['catalogue', 'search', asked],
    queryFn: () => recordsApi.definitions(asked),
    enabled: asked.length > 0,
    staleTime: 60_000,
  });
  return (
    <Field label={t('new.outcome')} hint={t('new.outcomeHint')}>
      {(control) => (
        <>
          <input
            {...control}
            name="outcome"
            list={listId}
            value={typed}
            autoComplete="off"
            required
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <datalist id={listId}>
            {found.data?.items.map((one) => (
              <option
                key={one.code}
                value={one.code}
                label={`${format.text(one.title)} · ${format.text(one.institution.name)}`}
              />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
