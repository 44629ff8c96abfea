import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, type NewKey, keysApi } from '../../../api/systems';
import { ActForm, filled } from '../../../parts/act-form';
import { CopyButton } from '../../../parts/copy-button';
import { textOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { TextField } from '../../../parts/text-field';
import { FirstRequest } from './first-request';
import { KeyTable } from './key-table';

const SCOPES = [
  'imports:write',
  'imports:read',
  'outcomes:write',
  'outcomes:read',
  'learners:read',
  'ledger:read',
  'webhooks:write',
  'webhooks:read',
] as const satisfies readonly NewKey['scopes'][number][];

/** A colon would part a namespace from a key. */
const WORDS = {
  'imports:write': 'scope.imports-write',
  'imports:read': 'scope.imports-read',
  'outcomes:write': 'scope.outcomes-write',
  'outcomes:read': 'scope.outcomes-read',
  'learners:read': 'scope.learners-read',
  'ledger:read': 'scope.ledger-read',
  'webhooks:write': 'scope.webhooks-write',
  'webhooks:read': 'scope.webhooks-read',
} as const satisfies Record<(typeof SCOPES)[number], string>;

const USUAL: readonly string[] = ['imports:write', 'imports:read'];

/** Keys of the school's own systems: made, replaced, ended; and a first request that works. */
export function KeysPage() {
  const { t } = useTranslation('systems');
  const { institutionId } = useSignedIn();
  return (
    <Page title={t('keys.title')} lead={<p>{t('keys.lead')}</p>}>
      {institutionId === null ? (
        <Note tone="quiet" title={t('noInstitution')} />
      ) : (
        <Keys institution={institutionId} />
      )}
    </Page>
  );
}

function Keys({ institution }: { institution: string }) {
  const { t } = useTranslation('systems');
  const queries = useQueryClient();
  const [made, setMade] = useState<string | null>(null);
  const keys = useQuery({
    queryKey: ['keys', institution],
    queryFn: () => keysApi.list(institution),
    ...live,
  });
  const onMade = (key: string | null): void => {
    setMade(key);
    void queries.invalidateQueries({ queryKey: ['keys', institution] });
  };
  return (
    <div className="stack">
      {made !== null && <NewSecret secret={made} onSeen={() => setMade(null)} />}
      <section className="card stack" aria-labelledby="keys">
        <h2 id="keys">{t('keys.list')}</h2>
        {keys.isPending && <Loading />}
        {keys.isError && <ProblemNote error={keys.error} />}
        {keys.data?.length === 0 && <p>{t('keys.none')}</p>}
        {keys.data && keys.data.length > 0 && (
          <KeyTable institution={institution} keys={byUse(keys.data)} onChanged={onMade} />
        )}
      </section>
      <NewKeyForm institution={institution} onMade={onMade} />
      <FirstRequest secret={made} />
    </div>
  );
}

/** Those that work before those that ended. */
function byUse(keys: readonly ApiKey[]): ApiKey[] {
  return keys.toSorted((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
}

/** The secret, this once: nobody can look it up again. */
function NewSecret({ secret, onSeen }: { secret: string; onSeen: () => void }) {
  const { t } = useTranslation('systems');
  return (
    <Note tone="good" title={t('keys.made')} urgent>
      <p>{t('keys.once')}</p>
      <p className="code">{secret}</p>
      <p className="row">
        <CopyButton text={secret} label={t('keys.copy')} />
        <button type="button" className="button" onClick={onSeen}>
          {t('keys.kept')}
        </button>
      </p>
    </Note>
  );
}

function NewKeyForm(props: { institution: string; onMade: (key: string | null) => void }) {
  const { t } = useTranslation('systems');
  const { roles } = useSignedIn();
  const own = roles.filter((role): role is NewKey['roles'][number] => role !== 'learner');
  const make = (form: FormData): ReturnType<typeof keysApi.issue> =>
    keysApi.issue(props.institution, {
      label: textOf(form, 'label').trim(),
      roles: own,
      scopes: SCOPES.filter((scope) => form.has(scope)),
      ...addressesOf(form),
    });
  return (
    <section className="card stack" aria-labelledby="new-key">
      <h2 id="new-key">{t('keys.new')}</h2>
      <ActForm label={t('keys.make')} act={make} onDone={({ key }) => props.onMade(key)}>
        <TextField
          label={t('keys.label')}
          hint={t('keys.labelHint')}
          name="label"
          maxLength={100}
          required
        />
        <fieldset>
          <legend>{t('keys.scopes')}</legend>
          <div className="choices">
            {SCOPES.map((scope) => (
              <label key={scope} className="choice">
                <input type="checkbox" name={scope} defaultChecked={USUAL.includes(scope)} />
                <span>{t(WORDS[scope])}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          label={t('keys.addresses')}
          hint={t('keys.addressesHint')}
          name="addresses"
          autoComplete="off"
        />
      </ActForm>
    </section>
  );
}

function addressesOf(form: FormData): { addresses?: string[] } {
  const { addresses } = filled(form, ['addresses']);
  return addresses === undefined ? {} : { addresses: addresses.split(/[\s,，;；]+/) };
}
