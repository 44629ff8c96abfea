import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { learnerApi } from '../../api/learner';
import type { ShareDetail, ShareView } from '../../api/types';
import { CopyButton } from '../../parts/copy-button';
import { type Column, DataTable } from '../../parts/data-table';
import { DownloadButton } from '../../parts/download-button';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useClient, useOwn, useWhose } from './record';
import { ShareActs } from './share-acts';
import { ShareOpened, ShareTag } from './share-state';

/** One share: its code, link and QR code, who opened it, and what can still be changed. */
export function SharePage() {
  const { t } = useTranslation('mine');
  const { id = '' } = useParams();
  const { base } = useWhose();
  const share = useOwn(['shares', id], (client) => learnerApi.shareOf(client, id));
  return (
    <Page title={t('share.title')}>
      <div className="stack">
        {share.isPending && <Loading />}
        {share.isError && <ProblemNote error={share.error} />}
        {share.data && (
          <>
            <Slip share={share.data} />
            <ShareActs share={share.data} />
            <Views share={share.data} />
          </>
        )}
        <p className="no-print">
          <Link to={`${base}/sharing`}>{t('share.all')}</Link>
        </p>
      </div>
    </Page>
  );
}

/** What is given away, also as a slip of paper. */
function Slip({ share }: { share: ShareDetail }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const client = useClient();
  const isOpen = share.state === 'active';
  return (
    <section className="card stack" aria-labelledby="slip">
      <div>
        <h2 id="slip">{share.purpose}</h2>
        <p>
          <ShareTag state={share.state} /> {share.receiver}
        </p>
      </div>
      {isOpen ? (
        <>
          <p>{t('share.give')}</p>
          <div className="row slip">
            <Qr id={share.id} />
            <div>
              <Code code={share.code} />
              <p>
                {t('share.link')} <a href={share.url}>{share.url}</a>
              </p>
            </div>
          </div>
          {share.hasPin && <p>{t('share.pinNeeded')}</p>}
          <p>{t('share.until', { date: format.moment(share.expiresAt) })}</p>
          <div className="row no-print">
            <CopyButton text={share.code} label={t('share.copyCode')} />
            <CopyButton text={share.url} label={t('share.copyLink')} />
            <button type="button" className="button" onClick={() => window.print()}>
              <Icon name="print" />
              {t('share.printSlip')}
            </button>
            <DownloadButton
              label={t('share.pdf')}
              fileName="learning-record.pdf"
              load={() => learnerApi.transcript(client, share.id, 'en')}
            />
          </div>
        </>
      ) : (
        <p>{t(share.state === 'revoked' ? 'share.isRevoked' : 'share.isExpired')}</p>
      )}
    </section>
  );
}

function Qr({ id }: { id: string }) {
  const { t } = useTranslation('mine');
  const client = useClient();
  // Not of the record that is read anew after each act: an ended share has no picture any more.
  const qr = useQuery({
    queryKey: ['share-qr', id],
    queryFn: () => learnerApi.shareQr(client, id),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (!qr.data) return null;
  const source = `data:image/svg+xml,${encodeURIComponent(qr.data)}`;
  return <img className="qr" src={source} alt={t('share.qr')} />;
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

function Views({ share }: { share: ShareDetail }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const columns: Column<ShareView>[] = [
    { key: 'at', head: t('share.when'), cell: ({ at }) => format.moment(at) },
    { key: 'who', head: t('share.who'), cell: (view) => <Viewer view={view} /> },
    {
      key: 'result',
      head: t('share.result'),
      cell: ({ result }) => (
        <Tag tone={result === 'shown' ? 'good' : 'wait'} icon={result === 'shown' ? 'eye' : 'lock'}>
          {t(`share.results.${result}`)}
        </Tag>
      ),
    },
    { key: 'from', head: t('share.from'), cell: ({ network }) => <Network name={network} /> },
  ];
  return (
    <section className="card" aria-labelledby="views">
      <h2 id="views">{t('share.views')}</h2>
      <p role="status">
        <span className="capital">
          <ShareOpened share={share} />
        </span>
      </p>
      {share.isPinLocked && <Note tone="bad" title={t('share.pinLocked')} />}
      {share.views.length > 0 && (
        <DataTable
          caption={t('share.views')}
          hideCaption
          columns={columns}
          rows={share.views}
          rowKey={({ at }) => at}
        />
      )}
    </section>
  );
}

function Viewer({ view }: { view: ShareView }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  return view.institution ? format.text(view.institution) : t(`share.viewers.${view.viewer}`);
}

function Network({ name }: { name: string }) {
  const { t } = useTranslation('mine');
  return name === 'loopback' || name === 'private' ? t(`share.networks.${name}`) : name;
}
