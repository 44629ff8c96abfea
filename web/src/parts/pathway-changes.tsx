import { useTranslation } from 'react-i18next';
import type { PathwayWords } from '../api/pathways';
import { useFormat } from './use-format';

/** Parts of a document that are told apart as a whole. */
const PARTS = ['stages', 'gates', 'carries', 'rules', 'agreement', 'basis'] as const;

/** What a new version changes: places by their numbers, all else by name. */
export function PathwayChanges({ before, after }: { before: PathwayWords; after: PathwayWords }) {
  const { t } = useTranslation('publishing');
  const format = useFormat();
  const places = placesChanged(before, after);
  const parts = PARTS.filter((part) => !isSame(before[part], after[part]));
  return (
    <section className="card" aria-labelledby="changes">
      <h2 id="changes">{t('changes.title', { version: before.version })}</h2>
      {places.length + parts.length === 0 ? (
        <p>{t('changes.none')}</p>
      ) : (
        <ul>
          {places.map(({ year, was, is }) => (
            <li key={year}>
              {was === undefined && t('changes.added', { year, places: format.count(is ?? 0) })}
              {is === undefined && t('changes.gone', { year })}
              {was !== undefined &&
                is !== undefined &&
                t('changes.places', { year, was: format.count(was), is: format.count(is) })}
            </li>
          ))}
          {parts.map((part) => (
            <li key={part}>{t(`changes.part.${part}`)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface PlacesChange {
  readonly year: number;
  readonly was: number | undefined;
  readonly is: number | undefined;
}

function placesChanged(before: PathwayWords, after: PathwayWords): PlacesChange[] {
  const was = new Map(before.intakes.map(({ year, places }) => [year, places]));
  const is = new Map(after.intakes.map(({ year, places }) => [year, places]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .toSorted((a, b) => a - b)
    .map((year) => ({ year, was: was.get(year), is: is.get(year) }))
    .filter((one) => one.was !== one.is);
}

/** Both come from the service, which writes members in one order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
