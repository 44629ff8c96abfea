const FEN_PLACES = 2;

/** Fen as a decimal string of yuan: `4860000` is `48600.00`. */
export function yuanOf(fen: string): string {
  const digits = fen.padStart(FEN_PLACES + 1, '0');
  return `${digits.slice(0, -FEN_PLACES)}.${digits.slice(-FEN_PLACES)}`;
}

/** Yuan as somebody types them, in fen: `48600.5` is `4860050`. */
export function fenOf(yuan: string): string {
  const [whole = '', fraction = ''] = yuan.trim().split('.');
  const digits = whole + fraction.padEnd(FEN_PLACES, '0').slice(0, FEN_PLACES);
  return digits.replace(/^0+(?=\d)/, '');
}
