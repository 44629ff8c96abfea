/** Where the log is and under which key, as the commands name them. */
export interface Place {
  /** Address of the service, without a slash at the end. */
  readonly base: string;
  /** `<name>+<id>+<base64>` */
  readonly key: string;
}

export const STEPS = ['key', 'keep', 'signature', 'audit', 'again', 'witness', 'watch'] as const;

export type Step = (typeof STEPS)[number];

/** What follows an Ed25519 key's algorithm in a SubjectPublicKeyInfo, as octal numbers of printf. */
const SPKI_HEAD = String.raw`\060\052\060\005\006\003\053\145\160\003\041\000`;

/** What to paste for a step. Each stands for itself, but for the files that an earlier one keeps. */
export function commandOf(step: Step, { base, key }: Place): string {
  const creditbank = 'npx creditbank';
  const log = `--url ${base} --key '${key}'`;
  switch (step) {
    case 'key':
      return `curl -sS ${base}/v1/log/key`;
    case 'keep':
      return `curl -sS -o checkpoint-kept.txt ${base}/v1/log/checkpoint`;
    case 'signature':
      return [
        `KEY='${key}'`,
        `curl -sS -o checkpoint.txt ${base}/v1/log/checkpoint`,
        `sed '/^$/,$d' checkpoint.txt > signed.txt`,
        `sed -n 's/^— [^ ]* //p' checkpoint.txt | head -n 1 | base64 -d | tail -c +5 > signature.bin`,
        `{ printf '${SPKI_HEAD}'; echo "$KEY" | cut -d+ -f3- | base64 -d | tail -c +2; } > key.der`,
        'openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -in signed.txt -sigfile signature.bin',
      ].join('\n');
    case 'audit':
      return `${creditbank} audit ${log} --save-checkpoint kept.txt`;
    case 'again':
      return `${creditbank} audit ${log} --checkpoint kept.txt`;
    case 'witness':
      return `${creditbank} witness key school.example/witness --state ~/witness`;
    // Refused until the bank knows the key, so not in one piece with making it.
    case 'watch':
      return [
        `${creditbank} witness run ${log} --state ~/witness --begin --once`,
        `${creditbank} witness run ${log} --state ~/witness --interval 60`,
      ].join('\n');
  }
}
