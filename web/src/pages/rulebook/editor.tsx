import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { CheckLine, CheckView } from './check-view';
import { LimitsForm } from './limits-form';
import { LineEditor, type LineEditorHandle } from './line-editor';
import { useLeaveWarning, useRuleText } from './use-rule-text';

/**
 * A rule document as it is written: a form for the values that change most, the whole text for all
 * else. The service checks what is written while it is written; nothing is stored before one says so.
 */
export function Editor(props: {
  /** What is stored, or what a new draft begins with. */
  initial: string;
  saveLabel: string;
  isSaving: boolean;
  error: unknown;
  onSave: (text: string) => void;
}) {
  const { t } = useTranslation('rulebook');
  const work = useRuleText(props.initial);
  const [isText, setText] = useState(false);
  const [wantedLine, setWantedLine] = useState<number | null>(null);
  const editor = useRef<LineEditorHandle>(null);
  useLeaveWarning(work.text !== props.initial && !props.isSaving);
  useEffect(() => {
    if (isText && wantedLine !== null) {
      editor.current?.goTo(wantedLine);
      setWantedLine(null);
    }
  }, [isText, wantedLine]);

  const show = (asText: boolean): void => {
    work.write(work.text);
    setText(asText);
  };
  const goTo = (line: number): void => {
    show(true);
    setWantedLine(line);
  };
  const { check } = work;
  return (
    <div className="stack">
      <section className="card stack" aria-label={t('editor.title')}>
        <Way isText={isText} onChoose={show} />
        {isText ? (
          <LineEditor
            ref={editor}
            label={t('editor.text')}
            value={work.base}
            onChange={work.write}
          />
        ) : (
          <Limits work={work} />
        )}
        <div role="status">
          {work.isChecking ? (
            <Note tone="wait" title={t('check.running')} />
          ) : (
            check.data && <CheckLine check={check.data} />
          )}
        </div>
        {check.isError && <ProblemNote error={check.error} />}
        {props.error !== null && <ProblemNote error={props.error} />}
        <div className="row">
          <button
            type="button"
            className="button main"
            disabled={props.isSaving || !work.isReady || work.text === ''}
            onClick={() => props.onSave(work.text)}
          >
            {props.saveLabel}
          </button>
          <span className="soft">{t('editor.saveHint')}</span>
        </div>
      </section>
      {check.data && <CheckView check={check.data} onLine={goTo} />}
    </div>
  );
}

function Limits({
  work: { limits, check, edits, edit },
}: {
  work: ReturnType<typeof useRuleText>;
}) {
  if (limits === null) return <Loading />;
  return <LimitsForm limits={limits} check={check.data} edits={edits} onEdit={edit} />;
}

function Way({ isText, onChoose }: { isText: boolean; onChoose: (isText: boolean) => void }) {
  const { t } = useTranslation('rulebook');
  return (
    <fieldset>
      <legend>{t('editor.way')}</legend>
      {[false, true].map((asText) => (
        <label key={String(asText)} className="choice">
          <input
            type="radio"
            name="way"
            checked={isText === asText}
            onChange={() => onChoose(asText)}
          />
          <span>{t(asText ? 'editor.asText' : 'editor.asForm')}</span>
        </label>
      ))}
    </fieldset>
  );
}
