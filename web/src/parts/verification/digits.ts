/** Full-width digits, as Chinese input methods give them, count as digits. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

/** The digits of what can only be a code, however many they are; undefined for any other text. */
export function codeOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d+$/.test(plain) && plain.length < 40 ? plain : undefined;
}
