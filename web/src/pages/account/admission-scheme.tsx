import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { learnerApi } from '../../api/learner';
import { type Candidacy, type Eligibility, type SchemeDetail, schemesApi } from '../../api/schemes';
import { EligibilityView } from '../../parts/admission/eligibility-view';
import { SchemeLead } from '../../parts/admission/scheme-facts';
import { useScheme } from '../../parts/admission/scheme-list';
import { ConfirmButton } from '../../parts/confirm-button';
import { DownloadButton } from '../../parts/download-button';
import type { IconName } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useAct, useClient, useOwn, useRecordKey, useWhose } from './record';

/** A printed proof stays open this long; the learner can end it at any time. */
const DAYS = 180;

/** One scheme as it stands for the learner: the answer, the paper, and applying. */
export function AdmissionScheme() {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const { code = '' } = useParams();
  const { base } = useWhose();
  const scheme = useScheme(code);
  const eligibility = useOwn(['admission', code], (client) => schemesApi.eligibility(client, code));
  return (
    <Page
      title={scheme.data ? format.text(scheme.data.title) : t('mine.title')}
      lead={scheme.data && <SchemeLead scheme={scheme.data} />}
    >
      <div className="stack">
        {(scheme.isPending || eligibility.isPending) && <Loading />}
        {scheme.isError && <ProblemNote error={scheme.error} />}
        {eligibility.isError && <ProblemNote error={eligibility.error} />}
        {scheme.data && eligibility.data && (
          <>
            <Applied eligibility={eligibility.data} />
            <EligibilityView eligibility={eligibility.data} />
            <Apply scheme={scheme.data} eligibility={eligibility.data} />
            <Print scheme={scheme.data} />
          </>
        )}
        <p>
          <Link to={`/catalogue/admission/${code}`}>{t('rules')}</Link>
          {' · '}
          <Link to={`${base}/admission`}>{t('all')}</Link>
        </p>
      </div>
    </Page>
  );
}

const LOOKS: Record<Candidacy['state'], { tone: Tone; icon: IconName }> = {
  applied: { tone: 'wait', icon: 'clock' },
  admitted: { tone: 'good', icon: 'check' },
  declined: { tone: 'bad', icon: 'cross' },
  withdrawn: { tone: 'quiet', icon: 'undo' },
};

function Applied({ eligibility }: { eligibility: Eligibility }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const withdraw = useAct((client, id: string) => schemesApi.withdraw(client, id));
  const { candidacy, status } = eligibility;
  if (!candidacy) return null;
  const { id, place, state, reason, changedAt } = candidacy;
  const isLive = state === 'applied' || state === 'admitted';
  return (
    <section className="card stack" aria-labelledby="applied">
      <h2 id="applied">{t('mine.applied')}</h2>
      <p>
        <Tag {...LOOKS[state]}>{t(`mine.candidacy.${state}`)}</Tag> {format.text(place.title)} ·{' '}
        {format.text(place.institution)} · {format.moment(changedAt)}
        {reason !== null && ` · ${t(`reasons.${reason}`)}`}
      </p>
      {isLive && status !== 'eligible' && <Note tone="bad" title={t('mine.gone')} />}
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      {isLive && (
        <p>
          <ConfirmButton
            tone="plain"
            label={t('mine.withdraw')}
            title={t('mine.withdrawTitle')}
            question={<p>{t('mine.withdrawQuestion')}</p>}
            confirmLabel={t('mine.withdraw')}
            onConfirm={() => withdraw.mutate(id)}
          />
        </p>
      )}
    </section>
  );
}

function Apply({ scheme, eligibility }: { scheme: SchemeDetail; eligibility: Eligibility }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const { acts } = useWhose();
  const apply = useAct((client, place: string) => schemesApi.apply(client, scheme.code, place));
  const { candidacy, status } = eligibility;
  const isDone = candidacy !== null && candidacy.state !== 'withdrawn';
  if (isDone || status !== 'eligible') return null;
  return (
    <section className="card stack" aria-labelledby="apply">
      <h2 id="apply">{t('mine.apply')}</h2>
      {scheme.state === 'open' ? <p>{t('mine.applyLead')}</p> : <p>{t('mine.notOpen')}</p>}
      {!acts.includes('apply') && <Note tone="wait" title={t('mine.notAllowed')} />}
      {apply.isError && <ProblemNote error={apply.error} />}
      {scheme.state === 'open' && acts.includes('apply') && (
        <ul className="lines">
          {scheme.places.map(({ id, title, institution, places }) => (
            <li key={id}>
              <p>
                {format.text(title)} · {format.text(institution)} ·{' '}
                {t('placesTotal', { count: places })}
              </p>
              <button
                type="button"
                className="button main"
                disabled={apply.isPending}
                onClick={() => apply.mutate(id)}
              >
                {t('mine.applyFor', { major: format.text(title) })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Prints under a share of its own, so that whoever holds the paper can check it. */
function Print({ scheme }: { scheme: SchemeDetail }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const client = useClient();
  const key = useRecordKey();
  const queries = useQueryClient();
  const { acts } = useWhose();
  const load = async (): Promise<Blob> => {
    const purpose = t('mine.purpose', { title: format.text(scheme.title) }).slice(0, 100);
    const share = await learnerApi.share(client, { purpose, days: DAYS });
    const paper = await schemesApi.evidencePaper(client, scheme.code, share.id);
    await queries.invalidateQueries({ queryKey: [...key, 'shares'] });
    return paper;
  };
  if (!acts.includes('share')) return null;
  return (
    <section className="card stack" aria-labelledby="print">
      <h2 id="print">{t('mine.print')}</h2>
      <p>{t('mine.printLead')}</p>
      <p>
        <DownloadButton label={t('mine.download')} fileName="admission-evidence.pdf" load={load} />
      </p>
    </section>
  );
}
