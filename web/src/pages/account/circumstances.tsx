import { useTranslation } from 'react-i18next';
import type { Outcome } from '../../api/types';
import { Fact } from '../../parts/fact';

type Said = NonNullable<Outcome['circumstances']>;

/** What the school stated about the learner with this outcome, for the plan's figures alone. */
export function Circumstances({ said }: { said: Said }) {
  const { t } = useTranslation('learner');
  const { groups, trainingKind, subsidised, employment, origin } = said;
  return (
    <section aria-labelledby="circumstances">
      <h2 id="circumstances">{t('circumstances.title')}</h2>
      <p>{t('circumstances.text')}</p>
      <dl className="facts wide">
        {groups && (
          <Fact term={t('circumstances.groups')}>
            {groups.length === 0
              ? t('circumstances.noGroup')
              : groups
                  .map((group) => t(`circumstances.group.${group}`))
                  .join(t('circumstances.and'))}
          </Fact>
        )}
        {trainingKind && (
          <Fact term={t('circumstances.training')}>{t(`circumstances.kind.${trainingKind}`)}</Fact>
        )}
        {subsidised !== undefined && (
          <Fact term={t('circumstances.subsidised')}>
            {t(subsidised ? 'circumstances.yes' : 'circumstances.no')}
          </Fact>
        )}
        {employment && (
          <Fact term={t('circumstances.employment')}>{t(`circumstances.at.${employment}`)}</Fact>
        )}
        {origin && (
          <Fact term={t('circumstances.origin')}>
            <Place code={origin} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** A country by its name in the reader's language; a region of China keeps its code. */
function Place({ code }: { code: string }) {
  const { t, i18n } = useTranslation('learner');
  if (code === 'local') return t('circumstances.local');
  const isCountry = code.length === 2;
  const name = new Intl.DisplayNames(i18n.language, { type: 'region' }).of(isCountry ? code : 'CN');
  return isCountry ? name : t('circumstances.region', { code });
}
