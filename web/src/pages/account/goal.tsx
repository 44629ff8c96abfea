import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Client } from '../../api/http';
import { planningApi } from '../../api/planning';
import type { Programme } from '../../api/types';
import { isZero } from '../../parts/format';
import { useProgrammes } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { type Distance, distanceOf } from './distance';
import { useGap, useOwnOutcomes, useRecordVersion } from './own-records';
import { useOwn, useWhose } from './record';

/** What the number is worth: its distance to the goal chosen, or to those that are nearest. */
export function Goal() {
  const { goal } = useWhose();
  const { data: programmes } = useProgrammes();
  if (!programmes) return null;
  const chosen = programmes.find(({ code }) => code === goal);
  return chosen ? <Chosen programme={chosen} /> : <Nearest programmes={programmes} />;
}

function Chosen({ programme }: { programme: Programme }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { base } = useWhose();
  const { data: gap } = useGap(programme.code);
  const distance = gap && distanceOf(gap, programme);
  if (!distance) return null;
  return (
    <div>
      <p className="worth">
        <Worth programme={programme} distance={distance} />
      </p>
      <meter aria-hidden="true" min="0" max={distance.needed} value={distance.counted} />
      <p className="small soft">
        {t('goal.counted', {
          counted: format.amount(distance.counted),
          needed: format.amount(distance.needed),
        })}
      </p>
      <p className="no-print">
        <Link to={`${base}/goal`}>{t('goal.see')}</Link>
      </p>
    </div>
  );
}

/** The distance in one sentence. */
export function Worth({ programme, distance }: { programme: Programme; distance: Distance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const title = format.text(programme.title);
  return distance.isReached
    ? t('goal.reached', { programme: title })
    : t('goal.distance', { programme: title, amount: format.amount(distance.short) });
}

const OFFERED = 3;
/** With a hundred programmes only the first are weighed: each is a computation of the service. */
const WEIGHED = 12;

/** A learner with no goal is offered those that are nearest. */
function Nearest({ programmes }: { programmes: readonly Programme[] }) {
  const { t } = useTranslation('learner');
  const { base, setGoal, actingFor } = useWhose();
  const { isSuccess } = useOwnOutcomes();
  const version = useRecordVersion();
  const weigh = async (client: Client): Promise<Weighed[]> =>
    Promise.all(
      programmes.slice(0, WEIGHED).map(async (programme) => {
        const gap = await planningApi.gap(client, programme.code);
        return { programme, distance: distanceOf(gap, programme) };
      }),
    );
  // In a learner's name every question is a line in the access log: there the goal is asked for.
  const { data } = useOwn(['nearest', version], weigh, {
    still: true,
    enabled: isSuccess && actingFor === null,
  });
  const nearest = nearestOf(data ?? []);
  return (
    <div>
      <p className="worth">{t('goal.none')}</p>
      {nearest.length > 0 && (
        <ul className="lines">
          {nearest.map(({ programme, distance }) => (
            <li key={programme.code} className="row apart">
              <Offer programme={programme} distance={distance} />
              <button
                type="button"
                className="button no-print"
                onClick={() => setGoal(programme.code)}
              >
                {t('goal.take')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="no-print">
        <Link to={`${base}/goal`}>{t('goal.choose')}</Link>
      </p>
    </div>
  );
}

function Offer({ programme, distance }: { programme: Programme; distance: Distance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  return (
    <div>
      <Worth programme={programme} distance={distance} />
      <div className="small soft">
        {t('goal.counted', {
          counted: format.amount(distance.counted),
          needed: format.amount(distance.needed),
        })}
      </div>
    </div>
  );
}

interface Weighed {
  readonly programme: Programme;
  readonly distance: Distance | null;
}

/** Goals towards which something counts already, the nearest first. */
function nearestOf(weighed: readonly Weighed[]): { programme: Programme; distance: Distance }[] {
  return weighed
    .flatMap(({ programme, distance }) =>
      distance && !isZero(distance.counted) ? [{ programme, distance }] : [],
    )
    .sort((a, b) => a.distance.missing - b.distance.missing)
    .slice(0, OFFERED);
}
