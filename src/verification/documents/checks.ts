import type { Line, LineName, LineResult } from '#libs/credentials';
import type { SealCheck } from '#libs/paper-seal';
import type { Text } from '#libs/problems';

/** The seal of a paper is looked at besides the lines of a credential. */
export type CheckName = 'seal' | 'ledger' | LineName;

/** Green and red are answers; grey says that there is none, and why. */
export type Colour = 'green' | 'red' | 'grey';

/** One line of an answer. */
export interface Check {
  readonly line: CheckName;
  readonly result: LineResult;
  readonly colour: Colour;
  /** Closed: what was found. */
  readonly code: string;
  /** What was found and, where it is not well, what to do. */
  readonly text: Text;
}

const SEALS: Record<SealCheck, { readonly result: LineResult; readonly text: Text }> = {
  whole: {
    result: 'pass',
    text: {
      zh: '签章有效：本文件与学分银行出具时逐字节一致',
      en: 'The seal is right: the file is byte for byte what this credit bank made',
    },
  },
  broken: {
    result: 'fail',
    text: {
      zh: '文件在出具后被更改，页面内容不可采信。请用文件上的验证码在线查验，或请持有人重新提供原文件',
      en: 'The file was changed after it was made; do not rely on what its pages say. Check the code on it online, or ask its holder for the original file',
    },
  },
  'unknown-key': {
    result: 'fail',
    text: {
      zh: '签章并非本学分银行所签。请向文件上所写的机构核实',
      en: 'The seal is not of this credit bank. Ask the institution that is named on the file',
    },
  },
  ambiguous: {
    result: 'fail',
    text: {
      zh: '文件中有多处签章，无法确定哪一处有效，不予采信。请索取原文件',
      en: 'The file has several seals, and nobody can say which one counts. Ask for the original file',
    },
  },
  absent: {
    result: 'not-applicable',
    text: {
      zh: '文件没有学分银行的签章：页面内容未受保护，请只看下列凭证的内容',
      en: 'The file has no seal of a credit bank: nothing protects what its pages say. Read the credential below instead',
    },
  },
};

export function sealCheck(seal: SealCheck): Check {
  const { result, text } = SEALS[seal];
  return { line: 'seal', result, colour: colourOf(result), code: `seal-${seal}`, text };
}

/** A line of the verifier of credentials. */
export function checkOf({ line, result, code, text }: Line): Check {
  return { line, result, colour: colourOf(result), code, text };
}

export function colourOf(result: LineResult): Colour {
  if (result === 'pass') return 'green';
  return result === 'fail' ? 'red' : 'grey';
}
