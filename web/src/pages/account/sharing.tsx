import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Share } from '../../api/types';
import { ConfirmButton } from '../../parts/confirm-button';
import { CopyButton } from '../../parts/copy-button';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

const DAYS = [7, 30, 90, 180] as const;
const DEFAULT_DAYS = 30;
const MAX_PURPOSE = 100;

/** Make a code for somebody who has to check the record; see and end the codes given out. */
export function Sharing() {
  const { t } = useTranslation('learner');
  const queries = useQueryClient();
  const [made, setMade] = useState<Share | null>(null);
  const shares = useQuery({ queryKey: ['own', 'shares'], queryFn: api.shares });
  const onMade = (share: Share): void => {
    setMade(share);
    void queries.invalidateQueries({ queryKey: ['own', 'shares'] });
  };
  return (
    <Page title={t('sharing.title')} lead={<p>{t('sharing.lead')}</p>}>
      <div className="stack">
        {made && <NewCode share={made} />}
        <Form onMade={onMade} />
        <section className="card" aria-labelledby="shares">
          <h2 id="shares">{t('sharing.list')}</h2>
          {shares.isPending && <Loading />}
          {shares.isError && <ProblemNote error={shares.error} />}
          {shares.data?.length === 0 && <p>{t('sharing.none')}</p>}
          {shares.data && shares.data.length > 0 && (
            <ul className="lines">
              {shares.data.map((share) => (
                <ShareLine key={share.id} share={share} onEnded={() => setMade(null)} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </Page>
  );
}

function Form({ onMade }: { onMade: (share: Share) => void }) {
  const { t } = useTranslation('learner');
  const share = useMutation({ mutationFn: api.share, onSuccess: onMade });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const receiver = String(form.get('receiver')).trim();
    share.mutate(
      {
        purpose: String(form.get('purpose')).trim(),
        days: Number(form.get('days')),
        ...(receiver && { receiver }),
      },
      { onSuccess: () => element.reset() },
    );
  };
  return (
    <section className="card stack" aria-labelledby="new-share">
      <h2 id="new-share">{t('sharing.new')}</h2>
      {share.isError && <ProblemNote error={share.error} />}
      <form onSubmit={submit}>
        <Field label={t('sharing.purpose')} hint={t('sharing.purposeHint')}>
          {(control) => <input {...control} name="purpose" maxLength={MAX_PURPOSE} required />}
        </Field>
        <Field label={t('sharing.receiver')} hint={t('sharing.receiverHint')}>
          {(control) => <input {...control} name="receiver" maxLength={MAX_PURPOSE} />}
        </Field>
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
        <button type="submit" className="button main" disabled={share.isPending}>
          <Icon name="share" />
          {t('sharing.make')}
        </button>
      </form>
    </section>
  );
}

function NewCode({ share }: { share: Share }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  // The code stands above the form: bring the reader, and the screen, to it.
  useEffect(() => heading.current?.focus(), [share.id]);
  return (
    <section className="card stack">
      <h2 ref={heading} tabIndex={-1}>
        {t('sharing.made')}
      </h2>
      <Code code={share.code} />
      <p>
        {t('sharing.link')} <a href={share.url}>{share.url}</a>
      </p>
      <p>{t('sharing.until', { date: format.moment(share.expiresAt) })}</p>
      <div className="row no-print">
        <CopyButton text={share.code} label={t('sharing.copyCode')} />
        <CopyButton text={share.url} label={t('sharing.copyLink')} />
      </div>
    </section>
  );
}

/** Twelve digits in three groups of four, to be read out over a telephone. */
function Code({ code }: { code: string }) {
  return (
    <p className="big-code">
      {code.split(/\s+/).map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </p>
  );
}

function ShareLine({ share, onEnded }: { share: Share; onEnded: () => void }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.revokeShare(share.id),
    onSuccess: onEnded,
    onSettled: () => queries.invalidateQueries({ queryKey: ['own', 'shares'] }),
  });
  return (
    <li className="stack">
      <div>
        <p>
          <strong>{share.purpose}</strong>
          {share.receiver && <> · {share.receiver}</>} <ShareTag state={share.state} />
        </p>
        <p className="code">{share.code}</p>
        <p className="small soft">
          {t('sharing.period', {
            from: format.moment(share.createdAt),
            until: format.moment(share.expiresAt),
          })}
          {' · '}
          {share.lastOpenedAt
            ? t('sharing.opened', {
                count: share.opened,
                at: format.moment(share.lastOpenedAt),
              })
            : t('sharing.neverOpened')}
        </p>
      </div>
      {revoke.isError && <ProblemNote error={revoke.error} />}
      {share.state === 'active' && (
        <div className="row no-print">
          <a className="button" href={`/v1/shares/${share.id}/transcript.pdf`} download>
            <Icon name="file" />
            {t('sharing.print')}
          </a>
          <ConfirmButton
            tone="grave"
            label={t('sharing.revoke')}
            title={t('sharing.revokeTitle')}
            question={<p>{t('sharing.revokeQuestion', { purpose: share.purpose })}</p>}
            confirmLabel={t('sharing.revoke')}
            disabled={revoke.isPending}
            onConfirm={() => revoke.mutate()}
          />
        </div>
      )}
    </li>
  );
}

const TAGS = {
  active: { tone: 'good', icon: 'check' },
  revoked: { tone: 'bad', icon: 'cross' },
  expired: { tone: 'quiet', icon: 'clock' },
} as const;

function ShareTag({ state }: { state: Share['state'] }) {
  const { t } = useTranslation('learner');
  return <Tag {...TAGS[state]}>{t(`sharing.state.${state}`)}</Tag>;
}
