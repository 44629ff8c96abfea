import { useTranslation } from 'react-i18next';
import type { RuleLimit, RuleCheck } from '../../api/drafts';
import { Field } from '../../parts/field';
import { useFormat } from '../../parts/use-format';
import { type Edits, isWritable } from './edits';

/** Parts of a document in the order in which officers change them. */
const PARTS = [
  'inForce',
  'caps',
  'rules',
  'ratios',
  'lots',
  'requirements',
  'rights',
  'agreements',
  'examples',
  'target',
] as const;

/** The few of a document that most changes are about; the rest is folded away. */
const OPEN: readonly string[] = ['inForce', 'caps', 'rules', 'examples'];

/** The values that officers change most, each with the rule or limit it belongs to. */
export function LimitsForm(props: {
  limits: readonly RuleLimit[];
  check: RuleCheck | undefined;
  edits: Edits;
  onEdit: (pointer: string, value: string) => void;
}) {
  const { t } = useTranslation('rulebook');
  const failing = new Map(
    (props.check?.examples ?? []).filter(({ holds }) => !holds).map((one) => [one.pointer, one]),
  );
  // What an example expects is changed only where the example no longer comes out as written.
  const shown = props.limits.filter(
    ({ pointer }) =>
      !pointer.startsWith('/examples/') ||
      failing.has(exampleOf(pointer)) ||
      props.edits.has(pointer),
  );
  if (shown.length === 0) return <p>{t('form.none')}</p>;
  return (
    <div>
      {PARTS.map((part) => {
        const limits = shown.filter(({ pointer }) => pointer.split('/')[1] === part);
        if (limits.length === 0) return null;
        return (
          <details key={part} open={OPEN.includes(part)}>
            <summary>{t(`form.part.${part}`)}</summary>
            <div className="inside columns">
              {limits.map((limit) => (
                <LimitField
                  key={limit.pointer}
                  limit={limit}
                  value={props.edits.get(limit.pointer) ?? limit.value ?? ''}
                  actual={failing.get(exampleOf(limit.pointer))?.credits}
                  onEdit={(value) => props.onEdit(limit.pointer, value)}
                />
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
}

/** The example in which a value stands, by its pointer. */
function exampleOf(pointer: string): string {
  return pointer.split('/').slice(0, 3).join('/');
}

function LimitField(props: {
  limit: RuleLimit;
  value: string;
  /** What comes out of the example now. */
  actual: string | undefined;
  onEdit: (value: string) => void;
}) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { limit, value } = props;
  const what = format.text(limit.what);
  const label =
    limit.where === null ? what : t('form.label', { where: format.text(limit.where), what });
  const isOpenEnd = limit.kind === 'day' && limit.pointer.endsWith('/to');
  const hint =
    props.actual !== undefined
      ? t('form.actual', { actual: format.amount(props.actual) })
      : isOpenEnd
        ? t('form.openEnd')
        : undefined;
  return (
    <Field
      label={label.charAt(0).toUpperCase() + label.slice(1)}
      fault={isWritable(limit, value) ? undefined : t(`form.fault.${limit.kind}`)}
      {...(hint && { hint })}
    >
      {(control) => (
        <input
          {...control}
          type={limit.kind === 'day' ? 'date' : 'text'}
          inputMode={limit.kind === 'count' ? 'numeric' : 'decimal'}
          autoComplete="off"
          maxLength={20}
          value={value}
          onChange={(event) => props.onEdit(event.currentTarget.value.trim())}
        />
      )}
    </Field>
  );
}
