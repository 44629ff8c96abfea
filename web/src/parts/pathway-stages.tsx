import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pathway } from '../api/pathways';
import { useFormat } from './use-format';

type Stage = Pathway['stages'][number];

/** The stages of a pathway in their order, each with where and for how long it is studied. */
export function PathwayStages<One extends Stage>(props: {
  stages: readonly One[];
  /** What is said beside the title of a stage. */
  beside?: (stage: One) => ReactNode;
}) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  return (
    <ol className="lines" aria-label={t('stages')}>
      {props.stages.map((stage) => (
        <li key={stage.state}>
          <div className="row">
            <strong>{format.text(stage.title)}</strong>
            {props.beside?.(stage)}
          </div>
          <div className="soft">
            {t('at', {
              institution: format.text(stage.institutionName),
              years: t('years', { count: stage.years }),
            })}
          </div>
        </li>
      ))}
    </ol>
  );
}
