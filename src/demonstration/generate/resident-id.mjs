const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** No place has this code, so no number made here can be anybody's. */
export const NOWHERE = '500199';

/** The 18 characters of a resident ID from its first 17 digits (GB 11643, ISO 7064 MOD 11-2). */
export function withCheckDigit(digits) {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + '10X98765432'[sum % 11];
}
