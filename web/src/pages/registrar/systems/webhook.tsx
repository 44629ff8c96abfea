import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { type Webhook, webhooksApi } from '../../../api/systems';
import { ActProblem } from '../../../parts/act-problem';
import { ConfirmButton } from '../../../parts/confirm-button';
import { CopyButton } from '../../../parts/copy-button';
import { Fact } from '../../../parts/fact';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { Deliveries } from './deliveries';
import { WebhookTag } from './webhook-tags';
import { hostOf } from './webhooks';

/** One address: its state, the keys that sign what it gets, and everything that was sent. */
export function WebhookPage() {
  const { t } = useTranslation('systems');
  const { id = '' } = useParams();
  const webhook = useQuery({
    queryKey: ['webhooks', id],
    queryFn: () => webhooksApi.show(id),
    ...live,
  });
  return (
    <Page
      title={
        webhook.data ? webhook.data.description || hostOf(webhook.data.url) : t('webhooks.title')
      }
      lead={
        <p>
          <Link to="/registrar/webhooks">{t('webhooks.back')}</Link>
        </p>
      }
    >
      {webhook.isPending && <Loading />}
      {webhook.isError && <ProblemNote error={webhook.error} />}
      {webhook.data && (
        <div className="stack">
          <Standing webhook={webhook.data} />
          <Deliveries id={id} />
          <Keys webhook={webhook.data} />
        </div>
      )}
    </Page>
  );
}

function Standing({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="standing">
      <h2 id="standing">{t('state')}</h2>
      <p>
        <WebhookTag webhook={webhook} />
      </p>
      {webhook.failingSince !== null && (
        <Note tone="bad" title={t('webhooks.failing', { at: format.moment(webhook.failingSince) })}>
          <p>{t('webhooks.failingText')}</p>
        </Note>
      )}
      <dl className="facts wide">
        <Fact term={t('webhooks.url')}>
          <span className="code anywhere">{webhook.url}</span>
        </Fact>
        <Fact term={t('webhooks.types')}>
          {webhook.types.map((type) => t(`event.${type}`)).join(t('and'))}
        </Fact>
      </dl>
      <Acts webhook={webhook} />
    </section>
  );
}

function Acts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('systems');
  const { id } = webhook;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const test = useMutation({ mutationFn: () => webhooksApi.test(id), onSuccess: refresh });
  const toggle = useMutation({
    mutationFn: () =>
      webhook.state === 'disabled' ? webhooksApi.enable(id) : webhooksApi.disable(id),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => webhooksApi.remove(id),
    onSuccess: async () => {
      await navigate('/registrar/webhooks');
      await refresh();
    },
  });
  const failed = [test, toggle, remove].find(({ isError }) => isError);
  return (
    <>
      {failed && <ActProblem error={failed.error} />}
      {test.isSuccess && <Note tone="good" title={t('webhooks.tested')} urgent />}
      <div className="row">
        <button
          type="button"
          className="button main"
          disabled={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('webhooks.test')}
        </button>
        <button
          type="button"
          className="button"
          disabled={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          {t(webhook.state === 'disabled' ? 'webhooks.enable' : 'webhooks.disable')}
        </button>
        <ConfirmButton
          tone="grave"
          label={t('webhooks.remove')}
          title={t('webhooks.removeTitle')}
          question={<p>{t('webhooks.removeQuestion')}</p>}
          confirmLabel={t('webhooks.remove')}
          disabled={remove.isPending}
          onConfirm={() => remove.mutate()}
        />
      </div>
    </>
  );
}

/** Public keys: a receiver checks each message with them, and there is no secret to lose. */
function Keys({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const queries = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => webhooksApi.rotate(webhook.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  return (
    <section className="card stack" aria-labelledby="signing">
      <div>
        <h2 id="signing">{t('signing.title')}</h2>
        <p>{t('signing.text')}</p>
      </div>
      {rotate.isError && <ActProblem error={rotate.error} />}
      <ul className="lines">
        {webhook.keys.map((key) => (
          <li key={key.id} className="stack">
            <div>
              <p className="code">{key.publicKey}</p>
              <p className="small soft">
                {key.endsAt === null
                  ? t('signing.since', { at: format.moment(key.createdAt) })
                  : t('signing.until', { at: format.moment(key.endsAt) })}
              </p>
            </div>
            <div>
              <CopyButton text={key.publicKey} label={t('signing.copy')} />
            </div>
          </li>
        ))}
      </ul>
      <div>
        <ConfirmButton
          tone="plain"
          label={t('signing.rotate')}
          title={t('signing.rotate')}
          question={<p>{t('signing.rotateQuestion')}</p>}
          confirmLabel={t('signing.rotate')}
          disabled={rotate.isPending}
          onConfirm={() => rotate.mutate()}
        />
      </div>
    </section>
  );
}
