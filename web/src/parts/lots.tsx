import { useTranslation } from 'react-i18next';
import type { Text } from './format';
import { useFormat } from './use-format';

/** Titles of the learner's outcomes by lot, so that a decision names what it speaks of. */
export type Titles = ReadonlyMap<string, Text>;

/** Outcomes by name; a lot the reader may not see keeps its id. */
export function Lots({ lots, titles }: { lots: readonly string[]; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const names = lots.map((lot) => {
    const title = titles.get(lot);
    return title ? format.text(title) : lot;
  });
  return <>{names.join(t('and'))}</>;
}
