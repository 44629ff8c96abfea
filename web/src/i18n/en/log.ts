import type { Translation } from '../shape';
import type { log as chinese } from '../zh/log';

export const log: Translation<typeof chinese> = {
  title: 'Public log',
  lead: 'Every entry of the credit bank goes into a public log that only grows. Anybody can check it, without an account and without trusting us.',
  live: 'Renews itself',
  head: {
    title: 'Newest checkpoint',
    entries: 'entries',
    signed: 'Signed',
    root: 'Root hash',
    name: 'Name of the log',
    key: 'Public key of the log',
    copyKey: 'Copy the key',
    signers: 'Signed by',
    bank: 'The credit bank',
    witness: 'Witness {{name}}, {{at}}',
    noWitness: 'No witness has signed yet.',
    older: 'The newest checkpoint with a witness’s signature has {{size}} entries:',
    raw: 'The checkpoint as it is served',
    copyRaw: 'Copy the checkpoint',
  },
  here: {
    title: 'What your browser has just checked',
    running: 'Checking…',
    signature: 'Signature',
    signatureGood: 'The signature fits the published key.',
    signatureBad:
      'The signature does not fit the published key! Keep the checkpoint and show it to the witnesses.',
    unsupported: 'This browser cannot check Ed25519 signatures. Use the commands below.',
    growth: 'Only grows',
    growthFirst:
      'You are here for the first time. Your browser keeps this checkpoint and will check next time that the log only grew.',
    growthSame: 'The same checkpoint as you saw {{at}}.',
    growthGood: 'The {{from}} entries that you saw {{at}} are all unchanged; there are {{to}} now.',
    growthBad:
      'The log has another history than you saw {{at}}! Keep both checkpoints below and show them to the witnesses.',
    growthSmaller:
      'The log is shorter than you saw {{at}} (it had {{from}} entries). Look again later; if it stays so, keep the checkpoints.',
    growthOther:
      'The log at this address has another name or key. Your browser begins to remember anew.',
    forget: 'Forget the kept checkpoint',
    limit:
      'The program that checks in your browser comes from this site. Not to rely on us at all, use the commands below and compare the key with others.',
  },
  steps: {
    title: 'How to check it yourself',
    lead: 'Paste and run these. The program “creditbank” comes with the source; run it in its folder.',
    copy: 'Copy the commands',
    key: {
      title: 'Take down the key and compare it',
      text: 'Get the same key over another channel, for example from a partner school. Both must be equal.',
    },
    keep: {
      title: 'Keep a checkpoint',
      text: 'Where the administrators of the bank cannot reach it: it is what shows changes later.',
    },
    signature: {
      title: 'Check the signature without our program',
      text: 'It takes curl and OpenSSL 3. The last line says “Signature Verified Successfully”.',
    },
    audit: {
      title: 'Check every entry',
      text: 'Reads all hashes from outside and makes the whole tree anew; the checkpoint is kept only when all is well. Exit code 0: clean, 1: something was changed.',
    },
    again: {
      title: 'Check again later',
      text: 'The log must begin with the checkpoint that you kept. A cut or rewritten history shows here.',
    },
    witness: {
      title: 'Become a witness',
      text: 'Put the name of your institution in the place of school.example. Give the line that is printed to the bank, which lists it; the secret key stays on this machine.',
    },
    watch: {
      title: 'Watch the log',
      text: 'Once the bank has listed the key: this machine looks at the log every minute and signs only while it grows. Before that the bank refuses the signatures.',
    },
  },
  seals: {
    title: 'Seals of balances',
    text: 'Every few seconds the bank seals the balances of all accounts into one signed number. With it learners prove that nothing is missing from their balance.',
    newest: 'Seal {{number}}: {{at}}, {{accounts}} accounts, up to entry {{size}} of the log.',
    none: 'Nothing was sealed yet.',
    more: 'Format and checks are in the API documentation and in docs/proofs.md.',
  },
};
