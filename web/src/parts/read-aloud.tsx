import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Icon } from './icon';
import { usePreferences } from './use-preferences';

/** Slower than people talk, for ears that have grown old with their owners. */
const RATE = 0.9;

/**
 * Has the browser read the page out, heading by heading. Absent where the browser has no voice.
 * It stops when the page changes or is left.
 */
export function ReadAloud() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { pathname } = useLocation();
  const [isReading, setReading] = useState(false);
  useEffect(() => () => stop(setReading), [pathname, language]);
  if (!('speechSynthesis' in window)) return null;
  const read = (): void => {
    const speech = new SpeechSynthesisUtterance(textOfPage());
    speech.lang = document.querySelector('main')?.lang || document.documentElement.lang;
    speech.rate = RATE;
    speech.addEventListener('end', () => setReading(false));
    speech.addEventListener('error', () => setReading(false));
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(speech);
    setReading(true);
  };
  return (
    <p className="no-print read-aloud">
      <button
        type="button"
        className="button"
        aria-pressed={isReading}
        onClick={isReading ? () => stop(setReading) : read}
      >
        <Icon name={isReading ? 'cross' : 'sound'} />
        {isReading ? t('readAloud.stop') : t('readAloud.start')}
      </button>
    </p>
  );
}

function stop(setReading: (isReading: boolean) => void): void {
  if ('speechSynthesis' in window) window.speechSynthesis.cancel();
  setReading(false);
}

/** What stands on the page, without its controls: headings, figures, tables and notes. */
function textOfPage(): string {
  const main = document.querySelector('main');
  if (!main) return '';
  const copy = main.cloneNode(true) as HTMLElement;
  for (const silent of copy.querySelectorAll('nav, button, form, dialog, details, .no-read')) {
    silent.remove();
  }
  // A pause after each line of a table and each paragraph.
  for (const block of copy.querySelectorAll('h1, h2, h3, p, li, tr, dt, dd, th, td')) {
    block.append('。 ');
  }
  return copy.textContent;
}
