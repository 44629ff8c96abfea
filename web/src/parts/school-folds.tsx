import type { SchoolConditions } from '../api/reports';
import { ConditionsTable } from './school-conditions';
import { useFormat } from './use-format';

/** Schools as folds: how many of its conditions each meets, and within, every one of them. */
export function SchoolFolds(props: {
  schools: readonly SchoolConditions[];
  /** What is said of a school that no standard judges. */
  noStandard: string;
  metOf: (count: { met: number; total: number }) => string;
}) {
  const format = useFormat();
  return props.schools.map((school) => (
    <details key={school.code}>
      <summary>
        {format.text(school.name)}
        {' · '}
        {school.standard === null
          ? props.noStandard
          : props.metOf({
              met: school.conditions.filter(({ state }) => state === 'met').length,
              total: school.conditions.length,
            })}
      </summary>
      <div className="inside">
        <ConditionsTable school={school} />
      </div>
    </details>
  ));
}
