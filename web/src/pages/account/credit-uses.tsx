import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { conversionApi } from '../../api/conversion';
import type { Application, Grant } from '../../api/types';
import { ApplicationTag } from '../../parts/application-state';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { useEntries } from './credit-entries';
import { useClient, useRecordKey, useWhose } from './record';

/** The conversions that used one credit, and the version of the rules by which it counts there. */
export function CreditUses({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation('learner');
  const client = useClient();
  const key = useRecordKey();
  const entries = useEntries();
  const references = new Set(
    entries.data
      ?.filter((entry) => entry.outcomeId === outcomeId)
      .flatMap(({ reference }) => (reference === null ? [] : [reference])),
  );
  const applications = useQueries({
    queries: [...references].map((id) => ({
      queryKey: [...key, 'applications', id],
      queryFn: () => conversionApi.show(client, id),
    })),
  });
  const known = applications.flatMap(({ data }) => (data ? [data] : []));
  return (
    <section className="card" aria-labelledby="uses">
      <h2 id="uses">{t('credit.uses')}</h2>
      {entries.isSuccess && references.size === 0 && <p>{t('credit.notUsed')}</p>}
      {known.length > 0 && (
        <ul className="lines">
          {known.map((application) => (
            <Use key={application.id} application={application} outcomeId={outcomeId} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Use({ application, outcomeId }: { application: Application; outcomeId: string }) {
  const { t } = useTranslation('learner');
  const { t: td } = useTranslation('decision');
  const format = useFormat();
  const { base } = useWhose();
  const programmeName = useProgrammeNames();
  const { decision } = application;
  const intoOf = ({ courseTitle, course, elective, value }: Grant): string =>
    courseTitle
      ? format.text(courseTitle)
      : (course ?? (elective ? td('grant.elective') : (value ?? '')));
  const grants = decision?.granted.filter(({ lots }) => lots.includes(outcomeId)) ?? [];
  return (
    <li>
      <p>
        <Link to={`${base}/applications/${application.id}`}>
          {programmeName(application.programme)}
        </Link>{' '}
        <ApplicationTag state={application.state} />
      </p>
      {grants.map((grant) => (
        <p key={`${grant.rule} ${grant.course ?? ''}`}>
          {t('credit.use', {
            rule: format.text(grant.ruleTitle),
            into: intoOf(grant),
            amount: format.amount(grant.credits),
          })}
          {grant.basis && <span className="small soft"> {grant.basis}</span>}
        </p>
      ))}
      {decision && (
        <p className="small soft">
          {td('version', {
            id: decision.rulebook.id,
            version: decision.rulebook.version,
            on: format.date(decision.on),
          })}
        </p>
      )}
      {grants.length === 0 && <p>{t('credit.countsNothing')}</p>}
    </li>
  );
}
