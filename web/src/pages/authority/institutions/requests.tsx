import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { authorityApi } from '../../../api/authority';
import type { InstitutionRequest, OpenedInstitution } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { DialogButton } from '../../../parts/dialog-button';
import { Fact } from '../../../parts/fact';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { trimmedOf } from '../../../parts/form';
import { ReasonForm } from '../../../parts/reason-form';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { renew, useRequests } from '../queries';
import { IssuedInvitation } from './invitation';
import { CodeField, PlaceFields, placeOf } from './open';

const MOST_REASON = 500;

/** Institutions that ask to join, those that wait longest first, and what was answered. */
export function Requests() {
  const { t } = useTranslation('authority');
  const requests = useRequests();
  const [opened, setOpened] = useState<OpenedInstitution | null>(null);
  const waiting = requests.data?.filter(({ state }) => state === 'waiting') ?? [];
  const decided = requests.data?.filter(({ state }) => state !== 'waiting') ?? [];
  return (
    <Page title={t('requests.title')} lead={<p>{t('requests.lead')}</p>}>
      <div className="stack">
        {opened && <IssuedInvitation opened={opened} />}
        {requests.isPending && <Loading />}
        {requests.isError && <ProblemNote error={requests.error} />}
        {requests.data && waiting.length === 0 && <Note tone="good" title={t('requests.none')} />}
        {waiting.map((request) => (
          <Waiting key={request.id} request={request} onOpened={setOpened} />
        ))}
        {decided.length > 0 && <Decided rows={decided} />}
      </div>
    </Page>
  );
}

function Waiting(props: {
  request: InstitutionRequest;
  onOpened: (opened: OpenedInstitution) => void;
}) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('institution');
  const format = useFormat();
  const { request } = props;
  return (
    <section className="card stack" aria-labelledby={request.id}>
      <div>
        <h2 id={request.id}>{format.text(request.name)}</h2>
        <Tag tone="wait" icon="clock">
          {t('requests.asked', { ago: format.ago(request.createdAt) })}
        </Tag>
      </div>
      <dl className="facts wide">
        <Fact term={t('requests.purpose')}>{request.purpose}</Fact>
        <Fact term={t('requests.contact')}>{request.contact}</Fact>
        <Fact term={t('requests.kind')}>{word(`kind.${request.kind}`)}</Fact>
        <Fact term={t('requests.region')}>{request.region}</Fact>
        <Fact term={t('requests.code')}>
          <span className="code">{request.code}</span>
        </Fact>
      </dl>
      <Answers {...props} />
    </section>
  );
}

function Answers(props: {
  request: InstitutionRequest;
  onOpened: (opened: OpenedInstitution) => void;
}) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const queries = useQueryClient();
  const { id, code } = props.request;
  const name = format.text(props.request.name);
  return (
    <div className="row no-print">
      <DialogButton
        label={t('requests.accept')}
        title={t('requests.acceptTitle', { name })}
        tone="main"
      >
        {(close) => (
          <ReasonForm
            silent
            label={t('reason')}
            submit={t('requests.accept')}
            close={close}
            act={async (_, form) => {
              const wanted = { code: trimmedOf(form, 'code'), rights: placeOf(form) };
              props.onOpened(await authorityApi.acceptRequest(id, wanted));
              await renew(queries);
            }}
          >
            <p>{t('requests.acceptLead')}</p>
            <CodeField value={code} />
            <PlaceFields />
          </ReasonForm>
        )}
      </DialogButton>
      <DialogButton
        label={t('requests.refuse')}
        title={t('requests.refuseTitle', { name })}
        tone="grave"
      >
        {(close) => (
          <ReasonForm
            label={t('reason')}
            hint={t('requests.refuseHint')}
            submit={t('requests.refuse')}
            tone="grave"
            most={MOST_REASON}
            close={close}
            act={async (reason) => {
              await authorityApi.refuseRequest(id, reason);
              await renew(queries);
            }}
          />
        )}
      </DialogButton>
    </div>
  );
}

function Decided({ rows }: { rows: readonly InstitutionRequest[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const columns: Column<InstitutionRequest>[] = [
    {
      key: 'name',
      head: t('requests.name'),
      cell: ({ name, institutionId }) =>
        institutionId === null ? (
          format.text(name)
        ) : (
          <Link to={`/authority/institutions/${institutionId}`}>{format.text(name)}</Link>
        ),
    },
    {
      key: 'answer',
      head: t('requests.answer'),
      cell: ({ state, reason }) => (
        <>
          <Tag
            tone={state === 'accepted' ? 'good' : 'bad'}
            icon={state === 'accepted' ? 'check' : 'cross'}
          >
            {t(`requests.state.${state}`)}
          </Tag>
          {reason !== null && <div className="small soft">{reason}</div>}
        </>
      ),
    },
    {
      key: 'when',
      head: t('requests.when'),
      cell: ({ decidedAt }) => decidedAt && format.moment(decidedAt),
    },
  ];
  return (
    <section className="card" aria-labelledby="decided">
      <h2 id="decided">{t('requests.decided')}</h2>
      <DataTable
        caption={t('requests.caption')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </section>
  );
}
