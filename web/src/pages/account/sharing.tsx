import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { learnerApi } from '../../api/learner';
import type { NewShare, Share } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { PinField } from './pin-field';
import { useAct, useOwn, useWhose } from './record';
import { ShareOpened, ShareTag } from './share-state';

const DAYS = [1, 7, 30, 90, 180] as const;
const DEFAULT_DAYS = 30;
const MAX_PURPOSE = 100;

/** Make a code for somebody who has to check the record; see and end the codes given out. */
export function Sharing() {
  const { t } = useTranslation('mine');
  const { acts } = useWhose();
  const shares = useOwn(['shares'], learnerApi.shares);
  return (
    <Page title={t('sharing.title')} lead={<p>{t('sharing.lead')}</p>}>
      <div className="stack">
        {acts.includes('share') ? (
          <NewShareForm shares={shares.data ?? []} />
        ) : (
          <Note tone="wait" title={t('sharing.notAllowed')} />
        )}
        <section className="card" aria-labelledby="shares">
          <h2 id="shares">{t('sharing.list')}</h2>
          {shares.isPending && <Loading />}
          {shares.isError && <ProblemNote error={shares.error} />}
          {shares.data?.length === 0 && <p>{t('sharing.none')}</p>}
          {shares.data && shares.data.length > 0 && (
            <ul className="lines">
              {shares.data.map((share) => (
                <ShareLine key={share.id} share={share} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </Page>
  );
}

function NewShareForm({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation('mine');
  const navigate = useNavigate();
  const { base } = useWhose();
  const [receiver, setReceiver] = useState('');
  const share = useAct((client, body: NewShare) => learnerApi.share(client, body));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const pin = textOf(form, 'pin');
    const body = {
      purpose: textOf(form, 'purpose').trim(),
      days: Number(textOf(form, 'days')),
      ...(receiver.trim() && { receiver: receiver.trim() }),
      ...(pin && { pin }),
    };
    share.mutate(body, { onSuccess: ({ id }) => void navigate(`${base}/sharing/${id}`) });
  };
  return (
    <section className="card stack no-print" aria-labelledby="new-share">
      <h2 id="new-share">{t('sharing.new')}</h2>
      {share.isError && <ProblemNote error={share.error} />}
      <form onSubmit={submit}>
        <Field label={t('sharing.purpose')} hint={t('sharing.purposeHint')}>
          {(control) => <input {...control} name="purpose" maxLength={MAX_PURPOSE} required />}
        </Field>
        <Field label={t('sharing.receiver')} hint={t('sharing.receiverHint')}>
          {(control) => (
            <input
              {...control}
              value={receiver}
              maxLength={MAX_PURPOSE}
              onChange={({ target }) => setReceiver(target.value)}
            />
          )}
        </Field>
        <Twice shares={shares} receiver={receiver.trim()} />
        <Field label={t('sharing.days')}>
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
        <PinField label={t('sharing.pin')} />
        <button type="submit" className="button main" disabled={share.isPending}>
          <Icon name="share" />
          {t('sharing.make')}
        </button>
      </form>
    </section>
  );
}

/** Says that the same receiver already holds a code that opens. */
function Twice({ shares, receiver }: { shares: readonly Share[]; receiver: string }) {
  const { t } = useTranslation('mine');
  const { base } = useWhose();
  const same = shares.find((one) => one.state === 'active' && one.receiver === receiver);
  if (!receiver || !same) return null;
  return (
    <div className="field">
      <Note tone="wait" title={t('sharing.twice', { receiver })}>
        <p>
          <Link to={`${base}/sharing/${same.id}`}>{t('sharing.twiceSee')}</Link>
        </p>
      </Note>
    </div>
  );
}

function ShareLine({ share }: { share: Share }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { base } = useWhose();
  return (
    <li>
      <Link to={`${base}/sharing/${share.id}`}>
        <strong>{share.purpose}</strong>
        {share.receiver && <> · {share.receiver}</>}
      </Link>{' '}
      <ShareTag state={share.state} />
      <div className="small soft">
        {t('sharing.period', {
          from: format.date(share.createdAt),
          until: format.date(share.expiresAt),
        })}
        {share.hasPin && ` · ${t('sharing.withPin')}`} · <ShareOpened share={share} />
      </div>
    </li>
  );
}
