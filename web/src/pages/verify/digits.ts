/** Full-width digits, as Chinese input methods give them, count as digits. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}
