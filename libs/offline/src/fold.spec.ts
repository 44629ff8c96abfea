import type { Line } from '#libs/proofs';
import { foldLines } from './index.js';

const line = (check: string, detail = 'The form is right', verdict: Line['verdict'] = 'holds') => ({
  check,
  verdict,
  detail,
});

it('says once what is the same of several outcomes, and of which', () => {
  const lines = [
    line('seal', 'whole'),
    line('format'),
    ...[1, 2, 3, 4, 5].flatMap((n) => [
      line(`format of outcome ${n}`),
      n === 4
        ? line(`revoked of outcome ${n}`, 'Revoked by its issuer', 'fails')
        : line(`revoked of outcome ${n}`, 'Not revoked'),
    ]),
  ];
  expect(foldLines(lines)).toEqual([
    line('seal', 'whole'),
    line('format'),
    line('format of outcomes 1–5'),
    line('revoked of outcomes 1–3, 5', 'Not revoked'),
    line('revoked of outcome 4', 'Revoked by its issuer', 'fails'),
  ]);
});

it('keeps apart what is of different credentials, and every line of another file', () => {
  const lines = [
    line('format of outcome 1 of credential 1'),
    line('format of outcome 2 of credential 1'),
    line('format of outcome 1 of credential 2'),
    line('hashes', 'the same'),
    line('hashes', 'the same'),
  ];
  expect(foldLines(lines)).toEqual([
    line('format of outcomes 1–2 of credential 1'),
    line('format of outcome 1 of credential 2'),
    line('hashes', 'the same'),
    line('hashes', 'the same'),
  ]);
});
