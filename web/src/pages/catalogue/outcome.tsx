import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type OutcomeDefinition, type Recognition, rulesApi } from '../../api/rules';
import { useInstitutionByCode } from '../../parts/institution-codes';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useWindow } from '../../parts/rule-words';
import { useFormat } from '../../parts/use-format';

/** One outcome: what it is, and which programmes take it for how much. */
export function OutcomePage() {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { code = '' } = useParams();
  const outcome = useQuery({
    queryKey: ['catalogue', 'one', code],
    queryFn: () => rulesApi.outcome(code),
  });
  return (
    <Page
      title={outcome.data ? format.text(outcome.data.title) : t('outcome.title')}
      lead={
        <p>
          <Link to="/catalogue">{t('outcome.all')}</Link>
        </p>
      }
    >
      {outcome.isPending && <Loading />}
      {outcome.isError && <ProblemNote error={outcome.error} />}
      {outcome.data && (
        <div className="stack">
          <Facts outcome={outcome.data} />
          <Recognitions code={code} />
        </div>
      )}
    </Page>
  );
}

function Facts({ outcome }: { outcome: OutcomeDefinition }) {
  const { t } = useTranslation('catalogue');
  const facts = useFacts(outcome);
  return (
    <section className="card stack" aria-labelledby="facts">
      <h2 id="facts">{t('outcome.facts')}</h2>
      <dl className="facts wide">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd className="plain">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What the catalogue knows; what it does not know or limit is left out. */
function useFacts(outcome: OutcomeDefinition) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { aliases, credits, hours, level, openFrom, openTo, shelfLifeMonths } = outcome;
  const window = [
    openFrom !== null && t('fact.onOrAfter', { from: format.date(openFrom) }),
    openTo !== null && t('fact.onOrBefore', { to: format.date(openTo) }),
  ].filter(Boolean);
  const facts = [
    ['kind', t(`kind.${outcome.kind}`)],
    ['institution', format.text(outcome.institution.name)],
    ['credits', credits === null ? t('fact.noCredits') : format.amount(credits)],
    ['hours', hours !== null && format.amount(hours)],
    ['level', level],
    ['category', format.text(outcome.category.title)],
    ['passGrade', outcome.passGrade],
    [
      'attendance',
      outcome.minAttendancePercent !== null &&
        t('fact.percent', { percent: outcome.minAttendancePercent }),
    ],
    ['shelfLife', shelfLifeMonths !== null && t('fact.months', { count: shelfLifeMonths })],
    ['window', window.join(t('fact.and'))],
    ['registration', t(`registration.${outcome.registration}`)],
    ['aliases', aliases.join(t('fact.and'))],
    ['code', outcome.code],
  ] as const;
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function Recognitions({ code }: { code: string }) {
  const { t } = useTranslation('catalogue');
  const recognition = useQuery({
    queryKey: ['catalogue', 'recognition', code],
    queryFn: () => rulesApi.recognition(code),
  });
  const items = recognition.data?.items ?? [];
  return (
    <section className="card stack" aria-labelledby="recognition">
      <div>
        <h2 id="recognition">{t('recognition.title')}</h2>
        <p className="soft">{t('recognition.lead')}</p>
      </div>
      {recognition.isPending && <Loading />}
      {recognition.isError && <ProblemNote error={recognition.error} />}
      {recognition.data && items.length === 0 && <p>{t('recognition.none')}</p>}
      {byProgramme(items).map((same) => (
        <Programme key={same[0].version.programme} items={same} />
      ))}
    </section>
  );
}

type Same = readonly [Recognition, ...Recognition[]];

/** The rules of one programme stand together. */
function byProgramme(items: readonly Recognition[]): Same[] {
  const groups = new Map<string, [Recognition, ...Recognition[]]>();
  for (const item of items) {
    const group = groups.get(item.version.programme);
    if (group) group.push(item);
    else groups.set(item.version.programme, [item]);
  }
  return [...groups.values()];
}

function Programme({ items }: { items: Same }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const windowOf = useWindow();
  const institutionName = useInstitutionByCode();
  const [{ programmeTitle, institution, version }] = items;
  return (
    <div>
      <h3>{format.text(programmeTitle)}</h3>
      <p className="soft">{institutionName(institution)}</p>
      <ul className="lines">
        {items.map(({ rule, text }) => (
          <li key={rule}>{format.text(text)}</li>
        ))}
      </ul>
      <p className="small">
        <Link to={`/catalogue/rules/${encodeURIComponent(version.id)}?version=${version.version}`}>
          {t('recognition.rule', { title: format.text(version.title), version: version.version })}
        </Link>{' '}
        · {windowOf(version)}
      </p>
    </div>
  );
}
