import { residentIdCheckDigit } from '#libs/identity';
import { documentsIn, textsIn } from './documents-in.js';

const TODAY = '2026-11-26';
const body = '50011219900307123';
const ID = `${body}${residentIdCheckDigit(body)}`;

const numbersIn = (...cells: string[]): string[] =>
  documentsIn(cells, TODAY).map(({ kind, number }) => `${kind} ${number}`);

describe('the documents of a row', () => {
  it('are found wherever they stand, a resident ID without a word about its kind', () => {
    expect(numbersIn('rec-1', '85', ` ${ID} `, '2026-06-30')).toEqual([`resident-id ${ID}`]);
  });

  it('of other kinds are found only beside the name of the kind', () => {
    expect(numbersIn('护照', 'E12345678')).toContain('passport E12345678');
    expect(numbersIn('rec-1', 'E12345678')).toEqual([]);
  });

  it('are none where a digit is wrong, and one where the same stands twice', () => {
    const wrong = `${body}${ID.endsWith('1') ? '2' : '1'}`;
    expect(numbersIn('居民身份证', wrong)).toEqual([]);
    expect(numbersIn(ID, ID)).toEqual([`resident-id ${ID}`]);
  });
});

it('texts of a record are found at any depth', () => {
  const record = { a: 'x', b: [{ number: ID }, 7, null, true] };
  expect(textsIn(record)).toEqual(['x', ID, '7']);
});
