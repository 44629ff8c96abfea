import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { parseCheckpoint } from '../../parts/checkpoint';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { type Growth, type LogCheck, forgetVisit } from './check';
import { forget } from './memory';

const LOOKS = {
  first: { tone: 'quiet', icon: 'dash', text: 'here.growthFirst' },
  same: { tone: 'good', icon: 'check', text: 'here.growthSame' },
  good: { tone: 'good', icon: 'check', text: 'here.growthGood' },
  bad: { tone: 'bad', icon: 'warn', text: 'here.growthBad' },
  smaller: { tone: 'wait', icon: 'warn', text: 'here.growthSmaller' },
  other: { tone: 'wait', icon: 'warn', text: 'here.growthOther' },
} as const satisfies Record<Growth, { tone: Tone; icon: IconName; text: string }>;

/** What the visitor's own browser made of the checkpoint, line by line. */
export function BrowserCheck({ check }: { check: LogCheck }) {
  const { t } = useTranslation('log');
  const queries = useQueryClient();
  const begin = (): void => {
    forget();
    forgetVisit();
    void queries.invalidateQueries({ queryKey: ['log', 'check'] });
  };
  return (
    <section className="card stack" aria-labelledby="here">
      <h2 id="here">{t('here.title')}</h2>
      <ul className="lines" aria-live="polite">
        <li className="check-line">
          <Signature isSigned={check.isSigned} />
        </li>
        <li className="check-line">
          <GrowthLine check={check} />
        </li>
      </ul>
      {check.growth === 'bad' && check.before && (
        <pre className="source whole">
          {check.before.signed}
          {'\n'}
          {check.signed}
        </pre>
      )}
      <p className="small soft">{t('here.limit')}</p>
      {check.before && (
        <p className="no-print">
          <button type="button" className="button" onClick={begin}>
            {t('here.forget')}
          </button>
        </p>
      )}
    </section>
  );
}

function Signature({ isSigned }: { isSigned: boolean | null }) {
  const { t } = useTranslation('log');
  if (isSigned === null) {
    return (
      <>
        <Tag tone="quiet" icon="dash">
          {t('here.signature')}
        </Tag>
        <div>{t('here.unsupported')}</div>
      </>
    );
  }
  return (
    <>
      <Tag tone={isSigned ? 'good' : 'bad'} icon={isSigned ? 'check' : 'warn'}>
        {t('here.signature')}
      </Tag>
      <div>{t(isSigned ? 'here.signatureGood' : 'here.signatureBad')}</div>
    </>
  );
}

function GrowthLine({ check: { growth, before, signed } }: { check: LogCheck }) {
  const { t } = useTranslation('log');
  const format = useFormat();
  const { tone, icon, text } = LOOKS[growth];
  const sizes = [before?.signed, signed].map((one) => (one && parseCheckpoint(one)?.size) || 0);
  const [from = 0, to = 0] = sizes;
  return (
    <>
      <Tag tone={tone} icon={icon}>
        {t('here.growth')}
      </Tag>
      <div>
        {t(text, {
          at: before ? format.moment(before.at) : '',
          from: format.count(from),
          to: format.count(to),
        })}
      </div>
    </>
  );
}
