import 'i18next';
import type { common } from './zh/common';
import type { decision } from './zh/decision';
import type { learner } from './zh/learner';
import type { registrar } from './zh/registrar';
import type { review } from './zh/review';
import type { verify } from './zh/verify';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    returnNull: false;
    resources: {
      common: typeof common;
      decision: typeof decision;
      learner: typeof learner;
      registrar: typeof registrar;
      review: typeof review;
      verify: typeof verify;
    };
  }
}
