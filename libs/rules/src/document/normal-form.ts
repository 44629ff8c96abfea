/** Characters that are in NFC whatever stands beside them. */
const ALWAYS_NORMAL = /^[\0-\u02ff]*$/;

/**
 * Unicode NFC everywhere, so that two ways to type one character are one rule. What is normal already
 * is handed on as it is.
 */
export function normaliseTexts<T>(value: T): T {
  if (typeof value === 'string') return normalText(value) as T;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const normal = value.map(normaliseTexts);
    return normal.every((each, index) => each === value[index]) ? value : (normal as T);
  }
  let isNormal = true;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const normal: [string, unknown] = [normalText(name), normaliseTexts(member)];
    isNormal &&= normal[0] === name && normal[1] === member;
    return normal;
  });
  return isNormal ? value : (Object.fromEntries(members) as T);
}

function normalText(text: string): string {
  return ALWAYS_NORMAL.test(text) ? text : text.normalize('NFC');
}
