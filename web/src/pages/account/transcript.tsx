import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { learnerApi } from '../../api/learner';
import type { Share } from '../../api/types';
import { DownloadButton } from '../../parts/download-button';
import { Note } from '../../parts/note';
import { Page } from '../../parts/page';
import { useClient, useOwn, useRecordKey, useWhose } from './record';

const SECOND = ['en', 'th'] as const;
/** A print for oneself proves for as long as a share may last. */
const DAYS = 180;
/** One that still proves for this long is printed again instead of a new one being made. */
const ENOUGH_MS = 150 * 24 * 60 * 60 * 1000;

/** The record on paper, with one button. */
export function Transcript() {
  const { t } = useTranslation('mine');
  const { base, acts } = useWhose();
  const [second, setSecond] = useState<(typeof SECOND)[number]>('en');
  const load = useOwnPrint(second);
  const name = useId();
  return (
    <Page title={t('transcript.title')} lead={<p>{t('transcript.lead')}</p>}>
      <section className="card stack" aria-label={t('transcript.title')}>
        {acts.includes('share') ? (
          <>
            <fieldset>
              <legend>{t('transcript.second')}</legend>
              {SECOND.map((language) => (
                <label key={language} className="choice">
                  <input
                    type="radio"
                    name={name}
                    checked={second === language}
                    onChange={() => setSecond(language)}
                  />
                  {t(`transcript.languages.${language}`)}
                </label>
              ))}
            </fieldset>
            <p>
              <DownloadButton
                key={second}
                isMain
                label={t('transcript.print')}
                fileName="learning-record.pdf"
                load={load}
              />
            </p>
            <p className="soft">{t('transcript.proves', { count: DAYS })}</p>
          </>
        ) : (
          <Note tone="wait" title={t('transcript.notAllowed')} />
        )}
        <p>
          <Link to={`${base}/sharing`}>{t('transcript.sharing')}</Link>
        </p>
      </section>
    </Page>
  );
}

/** Prints under a share of its own, so that whoever holds the paper can check it. */
function useOwnPrint(second: 'en' | 'th'): () => Promise<Blob> {
  const { t } = useTranslation('mine');
  const client = useClient();
  const key = useRecordKey();
  const queries = useQueryClient();
  const shares = useOwn(['shares'], learnerApi.shares);
  const purpose = t('transcript.purpose');
  const isGood = (share: Share): boolean =>
    share.purpose === purpose &&
    share.state === 'active' &&
    !share.hasPin &&
    Date.parse(share.expiresAt) - Date.now() > ENOUGH_MS;
  return async () => {
    const kept = shares.data?.find(isGood);
    const share = kept ?? (await learnerApi.share(client, { purpose, days: DAYS }));
    const file = await learnerApi.transcript(client, share.id, second);
    await queries.invalidateQueries({ queryKey: [...key, 'shares'] });
    return file;
  };
}
