import { useTranslation } from 'react-i18next';
import type { RuleReading } from '../api/rules';
import { useInstitutionByCode } from './institution-codes';
import { RuleSentences, RuleStateTag, WorkedExamples, useWindow } from './rule-words';
import { useFormat } from './use-format';

/** Which version one reads, whose it is, and when it governs. */
export function VersionFacts({ reading }: { reading: RuleReading }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const windowOf = useWindow();
  const institutionName = useInstitutionByCode();
  const basis = reading.basis.filter(isForReaders);
  return (
    <>
      <div className="row">
        <RuleStateTag state={reading.state} />
        <strong>{t('list.number', { version: reading.version })}</strong>
      </div>
      <p>{format.text(reading.about)}</p>
      <dl className="facts wide">
        <div>
          <dt>{t('list.institution')}</dt>
          <dd className="plain">{institutionName(reading.institution)}</dd>
        </div>
        <div>
          <dt>{t('list.window')}</dt>
          <dd className="plain">{windowOf(reading)}</dd>
        </div>
        {basis.length > 0 && (
          <div>
            <dt>{t('basis')}</dt>
            {basis.map(({ text, clause }) => (
              <dd className="plain" key={text} lang={langOf(text)}>
                {[text, clause].filter(Boolean).join(' ')}
              </dd>
            ))}
          </div>
        )}
      </dl>
      <p className="small soft">{t('published', { at: format.moment(reading.publishedAt) })}</p>
    </>
  );
}

/** Sources are quoted in their own language, whatever the page is written in. */
function langOf(text: string): 'zh' | 'en' {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}

/** A file of the authors is no source that a reader could look up: it stands in the text. */
function isForReaders({ text }: RuleReading['basis'][number]): boolean {
  return !/\.md\b/.test(text);
}

/** The words of a version, its examples, and its text for who wants to read that. */
export function RuleReadingView({ reading }: { reading: RuleReading }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <section className="card stack" aria-labelledby="words">
        <h2 id="words">{t('words')}</h2>
        <RuleSentences sentences={reading.sentences} />
      </section>
      <section className="card stack" aria-labelledby="examples">
        <div>
          <h2 id="examples">{t('examples')}</h2>
          <p className="soft">{t('examplesLead')}</p>
        </div>
        <WorkedExamples examples={reading.examples} />
      </section>
      <section className="card">
        <details>
          <summary>{t('source')}</summary>
          <div className="inside stack">
            <pre className="source" tabIndex={0} aria-label={t('source')}>
              {reading.source}
            </pre>
            <p className="small soft">
              {t('fingerprint')} <span className="code">{reading.hash}</span>
            </p>
          </div>
        </details>
      </section>
    </>
  );
}
