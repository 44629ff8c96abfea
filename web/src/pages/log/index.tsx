import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logApi } from '../../api/log';
import { parseCheckpoint, sizeOf } from '../../parts/checkpoint';
import { CopyButton } from '../../parts/copy-button';
import { Fact } from '../../parts/fact';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { BrowserCheck } from './browser-check';
import { type LogCheck, checkLog } from './check';
import { Cosigned, Signers } from './signers';
import { Steps } from './steps';

/** The newest checkpoint of the public log, checked here, and how to check it without us. */
export function Log() {
  const { t } = useTranslation('log');
  const check = useQuery({ queryKey: ['log', 'check'], queryFn: checkLog, ...live });
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        {check.isPending && <Loading />}
        {check.isError && <ProblemNote error={check.error} />}
        {check.data && (
          <>
            <Head check={check.data} />
            <BrowserCheck check={check.data} />
            <Steps place={{ base: window.location.origin, key: check.data.key }} />
          </>
        )}
        <Seals />
      </div>
    </Page>
  );
}

function Head({ check: { signed, key, witnesses } }: { check: LogCheck }) {
  const { t } = useTranslation('log');
  const format = useFormat();
  const head = useQuery({ queryKey: ['log', 'head'], queryFn: logApi.head, ...live });
  const note = parseCheckpoint(signed);
  if (!note) return null;
  return (
    <section className="card stack" aria-labelledby="head">
      <div>
        <h2 id="head">{t('head.title')}</h2>
        <p className="figure">
          {format.count(note.size)} <span className="unit">{t('head.entries')}</span>
        </p>
      </div>
      <dl className="facts wide">
        <Fact term={t('head.signed')}>
          {head.data && `${format.moment(head.data.signedAt)} · ${format.ago(head.data.signedAt)}`}
        </Fact>
        <Fact term={t('head.signers')}>
          <Signers note={note} />
        </Fact>
        <Fact term={t('head.name')}>
          <span className="code">{note.origin}</span>
        </Fact>
        <Fact term={t('head.root')} whole>
          <span className="code">{note.root}</span>
        </Fact>
        <Fact term={t('head.key')} whole>
          <span className="code">{key}</span>
        </Fact>
      </dl>
      {witnesses.length > 0 && <Cosigned size={note.size} />}
      <details>
        <summary>{t('head.raw')}</summary>
        <div className="inside stack">
          <pre className="source whole">{signed}</pre>
          <div className="row">
            <CopyButton text={signed} label={t('head.copyRaw')} />
            <CopyButton text={key} label={t('head.copyKey')} />
          </div>
        </div>
      </details>
    </section>
  );
}

function Seals() {
  const { t } = useTranslation('log');
  const format = useFormat();
  const seal = useQuery({ queryKey: ['log', 'seal'], queryFn: newestSeal, ...live });
  return (
    <section className="card" aria-labelledby="seals">
      <h2 id="seals">{t('seals.title')}</h2>
      <p>{t('seals.text')}</p>
      {seal.isError && <ProblemNote error={seal.error} />}
      {seal.data !== undefined && (
        <p>
          {seal.data
            ? t('seals.newest', {
                number: format.count(seal.data.number + 1),
                at: format.moment(seal.data.sealedAt),
                accounts: format.count(seal.data.accounts),
                size: format.count(seal.data.logSize),
              })
            : t('seals.none')}
        </p>
      )}
      <p className="small soft">{t('seals.more')}</p>
    </section>
  );
}

/** Null before the first one. */
async function newestSeal() {
  const size = sizeOf(await logApi.sealsCheckpoint());
  return size === null || size === 0 ? null : logApi.seal(size - 1);
}
