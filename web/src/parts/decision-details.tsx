import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CapUse, Decision, ReasonNode } from '../api/types';
import type { Text } from './format';
import { Icon } from './icon';
import type { Titles } from './lots';
import { useFormat } from './use-format';
import { useRuleTitle } from './use-rule-title';

/** What did not count and why, what is waited for, the caps, and the whole tree of reasons. */
export function DecisionDetails({ decision, titles }: { decision: Decision; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const ruleTitle = useRuleTitle();
  const { missing, pending, refused, caps, reasons, rulebook, on } = decision;
  return (
    <section className="card">
      <h3>{t('why')}</h3>
      {missing.length > 0 && (
        <Fold title={t('missing', { count: missing.length })} open>
          <Reading items={missing} />
        </Fold>
      )}
      {pending.length > 0 && (
        <Fold title={t('pending', { count: pending.length })} open>
          <Reading items={pending} />
        </Fold>
      )}
      {refused.length > 0 && (
        <Fold title={t('refused', { count: refused.length })}>
          <Reading items={refused} />
        </Fold>
      )}
      {caps.length > 0 && (
        <Fold title={t('caps.title')}>
          <ul className="lines">
            {caps.map((cap, index) => (
              <CapLine key={index} cap={cap} titles={titles} />
            ))}
          </ul>
        </Fold>
      )}
      {reasons.length > 0 && (
        <Fold title={t('reasons.title')}>
          <div className="tree">
            <Reasons nodes={reasons} titles={titles} />
          </div>
        </Fold>
      )}
      <p className="small soft">
        {t('version', {
          id: ruleTitle(rulebook.id),
          version: rulebook.version,
          on: format.date(on),
        })}
      </p>
    </section>
  );
}

function Fold(props: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={props.open}>
      <summary>{props.title}</summary>
      <div className="inside">{props.children}</div>
    </details>
  );
}

/** Reasons as the service words them, each with the clause it rests on. */
function Reading({ items }: { items: readonly { text: Text; basis?: string | null }[] }) {
  const format = useFormat();
  return (
    <ul className="lines">
      {items.map((item, index) => (
        <li key={index}>
          <span lang={format.textLang}>{format.text(item.text)}</span>
          {item.basis && <div className="small soft">{item.basis}</div>}
        </li>
      ))}
    </ul>
  );
}

function CapLine({ cap, titles }: { cap: CapUse; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const about = cap.per === null ? undefined : titles.get(cap.per);
  return (
    <li>
      {t('caps.line', {
        title: cap.title ? format.text(cap.title) : cap.cap,
        used: format.amount(cap.used),
        limit: format.amount(cap.limit),
      })}
      <meter aria-hidden="true" min="0" max={cap.limit} value={cap.used} />
      <div className="small soft">
        {[about && format.text(about), cap.basis].filter(Boolean).join(' · ')}
      </div>
    </li>
  );
}

const VERDICT_ICONS = { true: 'check', false: 'cross', 'not-evaluated': 'dash' } as const;

function Reasons({ nodes, titles }: { nodes: readonly ReasonNode[]; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  return (
    <ul>
      {nodes.map((node, index) => {
        const title = node.lot === null ? undefined : titles.get(node.lot);
        return (
          <li key={index}>
            <Icon name={VERDICT_ICONS[node.verdict]} /> {t(`verdict.${node.verdict}`)}{' '}
            <span className="code">
              {node.rule} {node.operator}
            </span>{' '}
            {t('reasons.wanted', { wanted: node.wanted })}
            {node.read !== null && t('reasons.read', { read: node.read })}
            {title && ` (${format.text(title)})`}
            {node.children.length > 0 && <Reasons nodes={node.children} titles={titles} />}
          </li>
        );
      })}
    </ul>
  );
}
