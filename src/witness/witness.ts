import {
  type Checkpoint,
  type SigningKey,
  type VerifierKey,
  cosign,
  decodeBase64,
  formatNote,
  formatSignature,
  openCheckpoint,
  parseNote,
  signaturesBy,
  verifyConsistency,
} from '#libs/merkle';
import { type Kept, WitnessError, type WitnessState } from './state.js';

/** A log that the witness looks after, and where it is. */
export interface WatchedLog {
  readonly key: VerifierKey;
  /** `checkpoint` and `proof/consistency` lie under it. */
  readonly url: string;
  readonly cosignatures: string;
}

/**
 * What came of one look at a log.
 * cosigned: the tree went on from the one kept, and the log took the signature ·
 * forked: the log signed two histories; both are kept as evidence ·
 * smaller: the log answers with a tree older than the one kept · refused: the answer is not signed by
 * the log, proves nothing, or the log did not take the signature · unreachable: it did not answer.
 */
export type Outcome =
  | { readonly kind: 'cosigned'; readonly log: string; readonly size: number }
  | {
      readonly kind: 'forked';
      readonly log: string;
      readonly evidence: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'smaller' | 'refused' | 'unreachable';
      readonly log: string;
      readonly detail: string;
    };

export interface WitnessOptions {
  readonly signer: SigningKey;
  readonly state: WitnessState;
  /** Takes the first checkpoint of a log that was never seen on trust; otherwise it is refused. */
  readonly mayBegin: boolean;
  /** Whole seconds since 1970. */
  readonly now: () => number;
}

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 64 * 1024;

/** Cosigns what goes on from everything it has cosigned before, and nothing else. */
export class Witness {
  constructor(private readonly options: WitnessOptions) {}

  /** Looks at a log once. Throws {@link WitnessError} when somebody has to look at the witness. */
  async look(log: WatchedLog): Promise<Outcome> {
    const [evidence] = await this.options.state.evidence();
    if (evidence !== undefined) {
      throw new WitnessError(
        `${evidence} shows that a log has two histories. Nothing is signed while it is there: show ` +
          'it to the authority and to the other witnesses.',
      );
    }
    const kept = await this.options.state.load(log.key);
    if (!kept && !this.options.mayBegin) {
      throw new WitnessError(
        `No checkpoint of ${log.key.name} is kept. The first time say --begin; otherwise put the ` +
          'folder back from a copy: without it this witness could sign a second history.',
      );
    }
    try {
      return await this.#judge(log, kept);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { kind: 'unreachable', log: log.key.name, detail: error.message };
    }
  }

  async #judge(log: WatchedLog, kept: Kept | undefined): Promise<Outcome> {
    const name = log.key.name;
    const answer = await ask(`${log.url}/checkpoint`);
    if (answer.status !== 200) {
      return { kind: 'refused', log: name, detail: `status ${answer.status} for its checkpoint` };
    }
    const opened = openCheckpoint(answer.text, log.key);
    if (!opened.ok) return { kind: 'refused', log: name, detail: FAULTS[opened.fault] };
    const { checkpoint, note } = opened;
    // What others signed is not ours to keep or to send on.
    const signed = formatNote({ text: note.text, signatures: signaturesBy(note, log.key) });
    if (kept) {
      const objection = await this.#objection(log, kept, { checkpoint, signed });
      if (objection) return objection;
    }
    // On the disk first: whoever is killed behind this line has signed nothing that it forgets.
    await this.options.state.keep(log.key, signed);
    return this.#cosign(log, signed, checkpoint.size);
  }

  /** Why a checkpoint does not go on from the one that is kept; undefined when it does. */
  async #objection(log: WatchedLog, kept: Kept, seen: Kept): Promise<Outcome | undefined> {
    const [old, now] = [kept.checkpoint, seen.checkpoint];
    if (now.size < old.size) return this.#smaller(log, kept, seen);
    if (now.size === old.size) {
      if (now.root.equals(old.root)) return undefined;
      return this.#forked(log, `two roots at ${now.size} entries`, [kept.signed, seen.signed]);
    }
    const proof = await readProof(log, old.size, now.size);
    if (typeof proof === 'string') return { kind: 'refused', log: log.key.name, detail: proof };
    if (goesOn(old, now, proof)) return undefined;
    const detail = `the tree of ${now.size} entries does not go on from the one of ${old.size}`;
    return this.#forked(log, detail, [kept.signed, seen.signed, JSON.stringify(proof.map(toText))]);
  }

  /** An older tree may be a server that lags behind; one that ours does not go on from is a fork. */
  async #smaller(log: WatchedLog, kept: Kept, seen: Kept): Promise<Outcome> {
    const [old, now] = [kept.checkpoint, seen.checkpoint];
    const detail = `it has ${now.size} entries now; ${old.size} were kept`;
    const proof = await readProof(log, now.size, old.size);
    if (typeof proof === 'string' || goesOn(now, old, proof)) {
      return { kind: 'smaller', log: log.key.name, detail };
    }
    return this.#forked(log, detail, [kept.signed, seen.signed]);
  }

  async #forked(log: WatchedLog, detail: string, texts: readonly string[]): Promise<Outcome> {
    const name = `${encodeURIComponent(log.key.name)}-${this.options.now()}.txt`;
    const evidence = await this.options.state.keepEvidence(name, texts.join('\n'));
    return { kind: 'forked', log: log.key.name, evidence, detail };
  }

  async #cosign(log: WatchedLog, signed: string, size: number): Promise<Outcome> {
    const { signer, now } = this.options;
    const text = parseNote(signed)?.text ?? '';
    const checkpoint = signed + formatSignature(cosign(text, signer, now()));
    const answer = await ask(log.cosignatures, { checkpoint });
    const { status } = answer;
    if (status === 201) return { kind: 'cosigned', log: log.key.name, size };
    return {
      kind: 'refused',
      log: log.key.name,
      detail: `the log did not take the signature (${status}): ${answer.text.slice(0, 300)}`,
    };
  }
}

const FAULTS = {
  form: 'it answered with something that is no checkpoint',
  origin: 'its checkpoint is of another log',
  signature: 'its checkpoint is not signed by the key that you gave',
} as const;

/** Network, time or size: nothing was learned of the log. */
class NoAnswer extends Error {}

async function ask(url: string, json?: object): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: json ? 'POST' : 'GET',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(json && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      }),
    });
    return { status: response.status, text: await readLimited(response) };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new NoAnswer(`${url}: ${cause?.code ?? message}`);
  }
}

async function readLimited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The hashes of a consistency proof; a sentence when the log did not answer with any. */
async function readProof(log: WatchedLog, from: number, to: number): Promise<Buffer[] | string> {
  const { status, text } = await ask(`${log.url}/proof/consistency?from=${from}&to=${to}`);
  if (status !== 200) return `status ${status} for the proof from ${from} to ${to}`;
  try {
    const { hashes } = JSON.parse(text) as { hashes: string[] };
    return hashes.map((hash) => decodeBase64(hash) ?? Buffer.alloc(0));
  } catch {
    return `it answered with something that is no proof from ${from} to ${to}`;
  }
}

function goesOn(old: Checkpoint, now: Checkpoint, proof: readonly Buffer[]): boolean {
  return verifyConsistency({
    from: old.size,
    fromRoot: old.root,
    to: now.size,
    toRoot: now.root,
    proof,
  });
}

function toText(hash: Buffer): string {
  return hash.toString('base64');
}
