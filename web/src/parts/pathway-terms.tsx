import { useTranslation } from 'react-i18next';
import type { PathwayReading } from '../api/pathways';
import { Fact } from './fact';
import { useFormat } from './use-format';

/** In one look: what kind it is, which version, who may join, and on which agreement it rests. */
export function PathwayTerms({ reading }: { reading: PathwayReading }) {
  const { t } = useTranslation('publishing');
  const { t: word } = useTranslation('pathways');
  const format = useFormat();
  const { start, states, stages, version, newest, agreement } = reading;
  const begins = states.filter(({ id }) => start.includes(id)).map(({ title }) => title);
  const [first] = stages;
  return (
    <dl className="facts wide">
      <Fact term={t('terms.kind')}>{word(`open.kind.${reading.kind}`)}</Fact>
      <Fact term={t('terms.version')}>
        {newest === null ? t('terms.new', { version }) : t('terms.follows', { version, newest })}
      </Fact>
      <Fact term={t('terms.who')} whole>
        {t('terms.join', {
          states: format.list(begins.map((title) => format.text(title))),
          school: first ? format.text(first.institutionName) : '',
        })}
      </Fact>
      <Fact term={t('terms.agreement')}>
        {agreement === null ? t('terms.noAgreement') : t('terms.inForce', { agreement })}
      </Fact>
    </dl>
  );
}
