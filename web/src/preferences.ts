/** The languages of the pages; Thai for learners and verifiers, who see English elsewhere. */
export const LANGUAGES = ['zh', 'en', 'th'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a visitor chose about the pages themselves; kept in this browser only. */
export interface Preferences {
  readonly language: Language;
  /** 长辈版: larger text, larger targets, one column. */
  readonly senior: boolean;
  /** Step of the text size within senior mode: 20, 24 or 30 px. */
  readonly textSize: 0 | 1 | 2;
  /** Code of the programme the learner works towards. */
  readonly goal: string | null;
  /** Whether somebody signed in here and did not sign out; only a hint, the service decides. */
  readonly signedIn: boolean;
}

const KEY = 'credit-bank';
const listeners = new Set<() => void>();
let current: Preferences = { ...firstVisit(), ...stored() };

function firstVisit(): Preferences {
  const language = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return { language: language ?? 'zh', senior: false, textSize: 0, goal: null, signedIn: false };
}

/** Storage may be switched off or hold anything: then the first-visit values apply. */
function stored(): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const { language, senior, textSize, goal, signedIn } = value as Record<string, unknown>;
    return {
      ...(isLanguage(language) && { language }),
      ...(typeof senior === 'boolean' && { senior }),
      ...((textSize === 0 || textSize === 1 || textSize === 2) && { textSize }),
      ...(typeof goal === 'string' && { goal }),
      ...(typeof signedIn === 'boolean' && { signedIn }),
    };
  } catch {
    return {};
  }
}

function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** Puts the choices on the root element, where the style sheets read them. */
function show(): void {
  const root = document.documentElement;
  root.lang = current.language === 'zh' ? 'zh-CN' : current.language;
  root.toggleAttribute('data-senior', current.senior);
  root.dataset['textSize'] = String(current.senior ? current.textSize : 0);
}

export const preferences = {
  get: (): Preferences => current,
  set(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
      // The choice then lasts for this visit.
    }
    show();
    listeners.forEach((listener) => listener());
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

show();
