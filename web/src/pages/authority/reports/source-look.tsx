import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type IndicatorSource, sourcesApi } from '../../../api/reports';
import { CopyButton } from '../../../parts/copy-button';
import { DialogButton } from '../../../parts/dialog-button';
import { Fact } from '../../../parts/fact';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { keyOf } from '../queries';

/** One counted outcome down to its line in the books and that line's place in the public log. */
export function SourceLook({ source }: { source: IndicatorSource }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const { entryId, learnerId, outcome } = source;
  return (
    <DialogButton
      label={
        <>
          {t('sources.look')}
          <span className="visually-hidden"> {format.text(outcome.title)}</span>
        </>
      }
      title={format.text(outcome.title)}
    >
      {(close) => (
        <div className="stack">
          {entryId === null ? <p>{t('sources.noEntry')}</p> : <EntryFacts id={entryId} />}
          <dl className="facts wide">
            <Fact term={t('sources.learner')} whole>
              <span className="code small">{learnerId}</span>
            </Fact>
            {entryId !== null && (
              <Fact term={t('sources.entryId')} whole>
                <span className="code small">{entryId}</span>
              </Fact>
            )}
          </dl>
          <div className="row">
            {entryId !== null && <CopyButton text={entryId} label={t('sources.copyEntry')} />}
            <button type="button" className="button" onClick={close}>
              {t('sources.close')}
            </button>
          </div>
        </div>
      )}
    </DialogButton>
  );
}

function EntryFacts({ id }: { id: string }) {
  const { t } = useTranslation(['conditions', 'records']);
  const format = useFormat();
  // Asked once: every look leaves a line with the learner.
  const entry = useQuery({
    queryKey: keyOf('entry', id),
    queryFn: () => sourcesApi.entry(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (entry.isPending) return <Loading />;
  if (entry.isError) return <ProblemNote error={entry.error} />;
  const { kind, amount, occurredOn, recordedAt } = entry.data;
  return (
    <dl className="facts wide">
      <Fact term={t('records:lines.kind')}>{t(`records:lines.kinds.${kind}`)}</Fact>
      <Fact term={t('records:lines.amount')}>{format.amount(amount)}</Fact>
      <Fact term={t('sources.occurred')}>{format.date(occurredOn)}</Fact>
      <Fact term={t('sources.known')}>{format.moment(recordedAt)}</Fact>
      <Fact term={t('sources.log')} whole>
        <Place id={id} />
      </Fact>
    </dl>
  );
}

function Place({ id }: { id: string }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const proof = useQuery({
    queryKey: keyOf('entry-proof', id),
    queryFn: () => sourcesApi.proof(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (proof.isPending) return <Loading />;
  if (proof.isError) return <ProblemNote error={proof.error} />;
  const { index, size } = proof.data;
  return (
    <>
      {t('sources.inLog', { index: format.count(index + 1), size: format.count(size) })}{' '}
      <Link to="/log">{t('sources.checkLog')}</Link>
    </>
  );
}
