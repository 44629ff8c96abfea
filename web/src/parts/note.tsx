import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { Icon, type IconName } from './icon';
import type { Tone } from './tag';
import { useFormat } from './use-format';

const ICONS: Record<Tone, IconName> = {
  good: 'check',
  bad: 'warn',
  wait: 'clock',
  quiet: 'dash',
  brand: 'file',
};

/** A framed message. `urgent` is read out at once by assistive technology. */
export function Note(props: {
  tone: Tone;
  title: ReactNode;
  urgent?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={`note tone-${props.tone}`} role={props.urgent ? 'alert' : undefined}>
      <Icon name={ICONS[props.tone]} />
      <div>
        <p className="note-title">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}

/** What went wrong and what to change, as the service or the network says it. */
export function ProblemNote({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { textLang } = useFormat();
  if (!(error instanceof ApiProblem)) {
    return (
      <Note tone="bad" urgent title={t('problem.unreachable')}>
        <p>{t('problem.unreachableAdvice')}</p>
      </Note>
    );
  }
  return (
    <Note tone="bad" urgent title={<span lang={textLang}>{error.title}</span>}>
      <p lang={textLang}>{error.detail}</p>
      {error.faults.length > 0 && (
        <ul>
          {error.faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.code}`} lang={textLang}>
              <span className="code">{fault.pointer}</span> {fault.title ?? ''} {fault.detail}
            </li>
          ))}
        </ul>
      )}
      {error.requestId && (
        <p className="small soft">
          {t('problem.requestId')} <span className="code">{error.requestId}</span>
        </p>
      )}
    </Note>
  );
}
