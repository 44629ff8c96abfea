import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CapUse, Change, Decision, Missing, ReasonNode, Refused } from '../api/types';
import { Lots, type Titles } from './lots';
import { Icon } from './icon';
import { useFormat } from './use-format';

interface Reading {
  readonly decision: Decision;
  readonly titles: Titles;
}

/** What did not count and why, what is waited for, the caps, and the whole tree of reasons. */
export function DecisionDetails({ decision, titles }: Reading) {
  const { t } = useTranslation('decision');
  const version = t('version', {
    id: decision.rulebook.id,
    version: decision.rulebook.version,
    on: decision.on,
  });
  return (
    <section className="card">
      <h3>{t('why')}</h3>
      {decision.missing.length > 0 && (
        <Fold title={t('missing.title', { count: decision.missing.length })} open>
          <MissingList missing={decision.missing} titles={titles} />
        </Fold>
      )}
      {decision.pending.length > 0 && (
        <Fold title={t('pending.title', { count: decision.pending.length })} open>
          <PendingList decision={decision} titles={titles} />
        </Fold>
      )}
      {decision.refused.length > 0 && (
        <Fold title={t('refused.title', { count: decision.refused.length })}>
          <ul className="lines">
            {decision.refused.map((refused, index) => (
              <RefusedLine key={index} refused={refused} titles={titles} />
            ))}
          </ul>
        </Fold>
      )}
      {decision.caps.length > 0 && (
        <Fold title={t('caps.title')}>
          <ul className="lines">
            {decision.caps.map((cap, index) => (
              <CapLine key={index} cap={cap} />
            ))}
          </ul>
        </Fold>
      )}
      {decision.reasons.length > 0 && (
        <Fold title={t('reasons.title')}>
          <div className="tree">
            <Reasons nodes={decision.reasons} titles={titles} />
          </div>
        </Fold>
      )}
      <p className="small soft">{version}</p>
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

function MissingList({ missing, titles }: { missing: readonly Missing[]; titles: Titles }) {
  const format = useFormat();
  return (
    <ul className="lines">
      {missing.map((item, index) => (
        <li key={index}>
          <strong>{format.text(item.title)}</strong>
          <ul>
            {item.changes.map((change, at) => (
              <li key={at}>
                <ChangeText change={change} titles={titles} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function ChangeText({ change, titles }: { change: Change; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  const title = change.lot === null ? undefined : titles.get(change.lot);
  const about = title ? format.text(title) : (change.lot ?? change.outcomes.join(t('or')));
  return (
    <>
      {about && `${about}${t('colon')}`}
      {t(`change.${change.kind}`, { wanted: change.wanted })}
      {change.read !== null && t('change.now', { read: change.read })}
    </>
  );
}

function PendingList({ decision, titles }: Reading) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  return (
    <ul className="lines">
      {decision.pending.map((pending, index) => (
        <li key={index}>
          <strong>{format.text(pending.ruleTitle)}</strong>{' '}
          <Lots lots={pending.lots} titles={titles} />
          <ul>
            {pending.waitsFor.map((waiting, at) => (
              <li key={at}>
                {t(`waiting.${waiting.what}`, {
                  finding: waiting.finding ?? '',
                  wanted: waiting.wanted,
                })}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function RefusedLine({ refused, titles }: { refused: Refused; titles: Titles }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  return (
    <li>
      <strong>
        <Lots lots={refused.lots} titles={titles} />
      </strong>
      <p>{t(`refused.${refused.code}`)}</p>
      <p className="small soft">
        {format.text(refused.ruleTitle)}
        {refused.basis && ` · ${refused.basis}`}
      </p>
    </li>
  );
}

function CapLine({ cap }: { cap: CapUse }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  return (
    <li>
      {cap.title ? format.text(cap.title) : cap.cap}
      {t('colon')}
      {t('caps.line', { used: format.amount(cap.used), limit: format.amount(cap.limit) })}
      <meter aria-hidden="true" min="0" max={cap.limit} value={cap.used} />
      {cap.basis && <div className="small soft">{cap.basis}</div>}
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
            <Icon name={VERDICT_ICONS[node.verdict]} /> {t(`verdict.${node.verdict}`)}
            {t('colon')}
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
