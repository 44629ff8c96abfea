import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../api/report';
import { useFormat } from '../../../parts/use-format';

/** What the parts of a category are about, by how many there are (libs/indicators, contributions). */
const ASPECTS: Readonly<Record<number, readonly string[]>> = {
  1: ['way'],
  2: ['level', 'employment'],
  3: ['origin', 'document', 'chineseAndSkill'],
  4: ['kind', 'subsidised', 'group', 'hours'],
};
const PATHWAY = ['pathway', 'result'];

/**
 * What an outcome counts as, in words: `4|employed` is a certificate of level 4 of somebody employed.
 * The indicator's own names of its parts come first (those of regions stand only there).
 */
export function useCategoryWords(parts: Indicator['parts']): (category: string) => string {
  const { t, i18n } = useTranslation('conditions');
  const format = useFormat();
  const wordOf = (aspect: string, sign: string): string => {
    const part = parts.find(({ key }) => key === `${aspect}:${sign}`);
    if (part) return format.text(part.title);
    const key = `sources.words.${aspect}.${sign}`;
    return i18n.exists(key, { ns: 'conditions' }) ? t(key as 'sources.words.way.none') : sign;
  };
  return (category) => {
    const signs = category.split('|');
    const isPathway = signs[0] === '3-2' || signs[0] === 'five-year';
    const aspects = isPathway ? PATHWAY : ASPECTS[signs.length];
    if (!aspects) return category;
    const words = signs.flatMap((group, place) =>
      group.split('+').map((sign) => wordOf(aspects[place] ?? '', sign)),
    );
    return words.filter((word) => word !== '').join(' · ');
  };
}
