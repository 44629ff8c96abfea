import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferences } from '../preferences';

const texts = import.meta.glob<Record<string, unknown>>('./{zh,en,th}/*.ts');

/** Fetches the texts of one group of pages in one language when a page first needs them. */
const lazyTexts: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    // Consoles have no Thai texts: their readers get English.
    const load = texts[`./${language}/${namespace}.ts`] ?? texts[`./en/${namespace}.ts`];
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), false);
    load().then(
      (module) => done(null, module[namespace] as Record<string, unknown>),
      (error: unknown) => done(error as Error, false),
    );
  },
};

/** Starts translation with the common texts loaded, so the frame of a page never flickers. */
export async function startTranslation(): Promise<void> {
  await i18next
    .use(lazyTexts)
    .use(initReactI18next)
    .init({
      lng: preferences.get().language,
      fallbackLng: false,
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
    });
  preferences.subscribe(() => {
    const { language } = preferences.get();
    if (language !== i18next.language) void i18next.changeLanguage(language);
  });
}
