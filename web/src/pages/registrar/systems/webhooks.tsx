import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type Webhook, type WebhookType, webhooksApi } from '../../../api/systems';
import { ActForm, filled } from '../../../parts/act-form';
import { type Column, DataTable } from '../../../parts/data-table';
import { textOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { TextField } from '../../../parts/text-field';
import { WebhookTag } from './webhook-tags';

export const TYPES = [
  'outcome.posted',
  'outcome.revoked',
  'application.waiting',
  'application.decided',
  'conversion.reversed',
  'import.finished',
] as const satisfies readonly WebhookType[];

/** What each event carries: ids, codes and states, and never a person. */
const DATA: Readonly<Record<WebhookType, string>> = {
  'outcome.posted': '{ "outcome": "5f6b…", "definition": "SVS-LOG-BASE" }',
  'outcome.revoked': '{ "outcome": "5f6b…", "definition": "SVS-LOG-BASE" }',
  'application.waiting': '{ "application": "0198…", "programme": "…", "state": "in-review" }',
  'application.decided': '{ "application": "0198…", "programme": "…", "state": "booked" }',
  'conversion.reversed': '{ "application": "0198…", "programme": "…" }',
  'import.finished': '{ "import": "01a2…", "state": "checked", "rows": 9999, "faults": 118 }',
};

/** What an address is called by where nobody said what it is for. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Where this institution is told of what happens. */
export function WebhooksPage() {
  const { t } = useTranslation('systems');
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: webhooksApi.list, ...live });
  return (
    <Page title={t('webhooks.title')} lead={<p>{t('webhooks.lead')}</p>}>
      <div className="stack">
        <section className="card stack" aria-labelledby="webhooks">
          <h2 id="webhooks">{t('webhooks.list')}</h2>
          {webhooks.isPending && <Loading />}
          {webhooks.isError && <ProblemNote error={webhooks.error} />}
          {webhooks.data?.items.length === 0 && <p>{t('webhooks.none')}</p>}
          {webhooks.data && webhooks.data.items.length > 0 && (
            <WebhookTable rows={webhooks.data.items} />
          )}
        </section>
        <NewWebhookForm />
        <Events />
      </div>
    </Page>
  );
}

function WebhookTable({ rows }: { rows: readonly Webhook[] }) {
  const { t } = useTranslation('systems');
  const columns: Column<Webhook>[] = [
    {
      key: 'url',
      head: t('webhooks.receiver'),
      cell: ({ id, url, description }) => (
        <>
          <Link to={`/registrar/webhooks/${id}`}>{description || hostOf(url)}</Link>
          <div className="small soft code anywhere">{url}</div>
        </>
      ),
    },
    {
      key: 'types',
      head: t('webhooks.types'),
      cell: ({ types }) => types.map((type) => t(`event.${type}`)).join(t('and')),
    },
    { key: 'state', head: t('state'), cell: (webhook) => <WebhookTag webhook={webhook} /> },
  ];
  return (
    <DataTable
      caption={t('webhooks.list')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function NewWebhookForm() {
  const { t } = useTranslation('systems');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = (form: FormData): Promise<Webhook> =>
    webhooksApi.create({
      url: textOf(form, 'url').trim(),
      types: TYPES.filter((type) => form.has(type)),
      ...filled(form, ['description']),
    });
  return (
    <section className="card stack" aria-labelledby="new-webhook">
      <h2 id="new-webhook">{t('webhooks.new')}</h2>
      <ActForm
        label={t('webhooks.add')}
        act={create}
        onDone={({ id }) => {
          void queries.invalidateQueries({ queryKey: ['webhooks'] });
          void navigate(`/registrar/webhooks/${id}`);
        }}
      >
        <TextField
          label={t('webhooks.url')}
          hint={t('webhooks.urlHint')}
          name="url"
          type="url"
          placeholder="https://school.example/hooks/credit-bank"
          required
        />
        <TextField label={t('webhooks.description')} name="description" maxLength={100} />
        <fieldset>
          <legend>{t('webhooks.types')}</legend>
          <div className="choices">
            {TYPES.map((type) => (
              <label key={type} className="choice">
                <input type="checkbox" name={type} defaultChecked={type === 'import.finished'} />
                <span>{t(`event.${type}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </ActForm>
    </section>
  );
}

/** The catalogue of events. */
function Events() {
  const { t } = useTranslation('systems');
  const columns: Column<WebhookType>[] = [
    { key: 'type', head: t('events.type'), cell: (type) => <TypeName type={type} /> },
    { key: 'when', head: t('events.when'), cell: (type) => t(`event.${type}`) },
    {
      key: 'data',
      head: t('events.data'),
      cell: (type) => <span className="code">{DATA[type]}</span>,
    },
  ];
  return (
    <section className="card stack" aria-labelledby="events">
      <div>
        <h2 id="events">{t('events.title')}</h2>
        <p>{t('events.text')}</p>
      </div>
      <DataTable
        caption={t('events.title')}
        hideCaption
        columns={columns}
        rows={TYPES}
        rowKey={(type) => type}
      />
    </section>
  );
}

/** Where it does not fit on a line it breaks behind its dot. */
function TypeName({ type }: { type: WebhookType }) {
  const [subject, act] = type.split('.');
  return (
    <span className="code">
      {subject}.<wbr />
      {act}
    </span>
  );
}
