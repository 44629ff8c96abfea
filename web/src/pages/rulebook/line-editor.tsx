import { type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface LineEditorHandle {
  /** Puts the cursor on a line and shows it. */
  goTo(line: number): void;
}

/**
 * A plain text field with line numbers. Tab leaves it as it leaves every field, so that nobody is
 * caught in it; the numbers are only drawn.
 */
export function LineEditor(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref: Ref<LineEditorHandle>;
}) {
  const { t } = useTranslation('rulebook');
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const lines = props.value.split('\n');
  useImperativeHandle(props.ref, () => ({
    goTo(line) {
      const element = area.current;
      if (!element) return;
      const before = element.value.split('\n').slice(0, line - 1);
      const start = before.reduce((sum, each) => sum + each.length + 1, 0);
      element.focus();
      element.setSelectionRange(start, start);
      element.scrollTop = (element.scrollHeight / lines.length) * Math.max(0, line - 4);
    },
  }));
  return (
    <div className="line-editor">
      <pre ref={gutter} aria-hidden="true">
        {lines.map((_, index) => index + 1).join('\n')}
      </pre>
      <textarea
        ref={area}
        aria-label={props.label}
        aria-describedby="line-editor-help"
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
      <p id="line-editor-help" className="small soft">
        {t('editor.help')}
      </p>
    </div>
  );
}
