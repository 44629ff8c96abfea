import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedCredential, DocumentAnswer as Answer, DocumentCheck } from '../../api/types';
import type { Tone } from '../tag';
import { useFormat } from '../use-format';
import { AnswerTools, CheckedBy } from './answer-tools';
import { Checks, VerdictTag } from './checks';
import { factsOf } from './credential-facts';
import { ProofResult } from './proof-result';
import { Verdict } from './verdict';

const TONES: Record<Answer['verdict'], Tone> = {
  valid: 'good',
  invalid: 'bad',
  incomplete: 'wait',
};

/** What a file or text is and whether it holds: the verdict, why, and every line. */
export function DocumentAnswer(props: {
  answer: Answer;
  /** What it was called where somebody handed in a file. */
  name: string | undefined;
  code: string | undefined;
  isBusy: boolean;
  onAgain: () => void;
  tools?: ReactNode;
}) {
  const { t } = useTranslation('verify');
  const { answer, name } = props;
  if (answer.proof) return <ProofResult {...props} result={answer.proof} takesFocus />;
  return (
    <>
      <section className="card stack" aria-labelledby="answer">
        <h2 id="answer">
          {name === undefined ? t('handed.ofText') : t('handed.ofFile', { name })}
        </h2>
        <DocumentVerdict answer={answer} />
        {answer.checks.length > 0 && (
          <div>
            <h3>{t('checks')}</h3>
            <Checks checks={answer.checks} />
          </div>
        )}
        <Content {...answer} />
        <CheckedBy at={answer.checkedAt} />
        <AnswerTools {...props}>{props.tools}</AnswerTools>
      </section>
      {answer.inner.length > 0 && (
        <section className="card" aria-labelledby="inner">
          <h2 id="inner">{t('handed.inner', { count: answer.inner.length })}</h2>
          {answer.inner.map((inner, index) => (
            <Inner key={index} credential={inner} number={index + 1} />
          ))}
        </section>
      )}
    </>
  );
}

function DocumentVerdict({ answer }: { answer: Answer }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const { verdict, wrapping } = answer;
  const told = toldLines(answer);
  const texts = [...new Set(told.map(({ text }) => format.text(text)))];
  return (
    <Verdict
      tone={TONES[verdict]}
      title={t(`verdict.${verdict}`, { count: told.length })}
      takesFocus
    >
      {texts.length > 0 && (
        <ul>
          {texts.map((text) => (
            <li key={text} lang={format.textLang}>
              {text}
            </li>
          ))}
        </ul>
      )}
      <p>{t(wrapping === 'pdf' && verdict === 'valid' ? 'advice.paper' : `advice.${verdict}`)}</p>
      <p className="small">{t('checkedAt', { at: format.moment(answer.checkedAt) })}</p>
    </Verdict>
  );
}

/** The lines that the verdict rests on, also of the credentials within. */
function toldLines({ verdict, checks, inner }: Answer): DocumentCheck[] {
  if (verdict === 'valid') return [];
  const result = verdict === 'invalid' ? 'fail' : 'not-checked';
  const all = [...checks, ...inner.flatMap(linesOf)];
  return all.filter((check) => check.result === result);
}

function linesOf({ checks, inner = [] }: CheckedCredential): DocumentCheck[] {
  return [...checks, ...inner.flatMap(linesOf)];
}

/** A credential within another, signed by itself; open at once where it does not hold. */
function Inner({ credential, number }: { credential: CheckedCredential; number: number }) {
  const { t } = useTranslation('verify');
  const { language } = useFormat();
  const facts = credential.credential ? factsOf(credential.credential, language) : [];
  const name = facts.find(({ fact }) => fact === 'achievement' || fact === 'title');
  return (
    <details open={credential.verdict !== 'valid'}>
      <summary>
        <VerdictTag verdict={credential.verdict} />
        {number}. {name?.value ?? t('content.unnamed')}
      </summary>
      <div className="inside stack">
        <Checks checks={credential.checks} />
        <Content {...credential} />
      </div>
    </details>
  );
}

/** What stands in it. Said to be unproven where it is: anybody can write a file. */
function Content({ credential, checks }: Pick<Answer, 'credential' | 'checks'>) {
  const { t } = useTranslation('verify');
  const { language } = useFormat();
  if (!credential) return null;
  const facts = factsOf(credential, language);
  return (
    <div>
      {facts.length > 0 && (
        <dl className="facts wide">
          {facts.map(({ fact, value }) => (
            <div key={fact}>
              <dt>{t(`content.${fact}`)}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {!checks.every(isSound) && <p className="small soft">{t('content.unproven')}</p>}
      <details>
        <summary>{t('content.whole')}</summary>
        <div className="inside">
          <pre className="source" tabIndex={0}>
            {JSON.stringify(credential, null, 2)}
          </pre>
        </div>
      </details>
    </div>
  );
}

/** The seal is the paper's; a credential in a paper that was changed stands by its own lines. */
function isSound({ line, result }: DocumentCheck): boolean {
  return line === 'seal' || result === 'pass' || result === 'not-applicable';
}
