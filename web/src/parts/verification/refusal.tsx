import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem';
import { Note, ProblemNote } from '../note';
import { useFormat } from '../use-format';
import { PinForm, asksForPin } from './pin-form';
import type { DocumentVerification } from './use-document';
import { Verdict } from './verdict';

/** Why a code shows nothing, or the question for its PIN. */
export function CodeRefusal(props: {
  error: Error;
  isPending: boolean;
  onPin: (pin: string) => void;
}) {
  const { error, ...form } = props;
  return asksForPin(error) ? (
    <section className="card">
      <PinForm problem={error} {...form} />
    </section>
  ) : (
    <NotValid error={error} />
  );
}

/** Why what was handed in has no answer. A PIN is asked for here, but not of a code in a file. */
export function HandedRefusal({ check }: { check: DocumentVerification }) {
  const { t } = useTranslation('verify');
  const { textLang } = useFormat();
  const { error, variables: asked } = check;
  if (!error || !asked) return null;
  if (asked.kind === 'file' && asksForPin(error)) {
    return (
      <Note tone="wait" urgent title={<span lang={textLang}>{error.title}</span>}>
        <p>{t('handed.pinOfFile')}</p>
      </Note>
    );
  }
  return (
    <CodeRefusal
      error={error}
      isPending={check.isPending}
      onPin={(pin) => asked.kind === 'text' && check.mutate({ ...asked, pin })}
    />
  );
}

/** Unknown, ended and expired look alike to a stranger. */
function NotValid({ error }: { error: unknown }) {
  const { t } = useTranslation('verify');
  if (!(error instanceof ApiProblem) || error.status !== 404) return <ProblemNote error={error} />;
  return (
    <section className="card">
      <Verdict tone="bad" title={t('notValid.title')} takesFocus>
        <p>{t('notValid.text')}</p>
      </Verdict>
    </section>
  );
}
