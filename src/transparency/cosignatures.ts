import { Inject, Injectable } from '@nestjs/common';
import {
  type Note,
  type ReadTiles,
  type VerifierKey,
  cosignedAt,
  formatNote,
  formatSignature,
  signaturesBy,
} from '#libs/merkle';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { openOurs } from './log-growth.js';
import { LogIdentity } from './log.identity.js';
import { type Cosignature, LogStore } from './log.store.js';
import type { AcceptedCosignatureDto } from './transparency.dto.js';

/** How far a witness's clock may be ahead of ours. */
const MOST_AHEAD_MS = 5 * 60 * 1000;

/** Takes in second signatures: of witnesses we know, under checkpoints that this log signed. */
@Injectable()
export class Cosignatures {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: LogStore,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** Adds the signatures of known witnesses that a checkpoint carries. */
  add(signed: string): Promise<AcceptedCosignatureDto[]> {
    return this.database.transaction(async (tx) => {
      const head = await this.identity.head(tx);
      const key = this.identity.keyOf(head.origin);
      const tiles: ReadTiles = async (wanted) => {
        const hashes = await this.store.readTiles(tx, wanted);
        // A tile that somebody took away is another history too, not a failure of ours.
        return hashes.map((found) => found ?? Buffer.alloc(0));
      };
      const { note, checkpoint: ours } = await openOurs(signed, key, { size: head.size, tiles });
      const own = { text: note.text, signatures: signaturesBy(note, key) };
      const checkpoint = formatNote({ ...own, signatures: own.signatures.slice(0, 1) });
      const now = this.clock.now();
      const found = requireCosigned(note, this.config.logWitnesses, now).map(
        (one): Cosignature => ({ ...one, size: ours.size, checkpoint }),
      );
      for (const cosignature of found) {
        await this.store.insertCosignature(tx, cosignature, now);
      }
      return found.map(toAcceptedDto);
    });
  }
}

/** A signature of a witness we know, of a time that has come. */
export type WitnessLine = Pick<Cosignature, 'witness' | 'signature' | 'cosignedAt'>;

/** The first right signature of each known witness under a checkpoint of ours; refuses none at all. */
export function requireCosigned(
  note: Note,
  witnesses: readonly VerifierKey[],
  now: Date,
): WitnessLine[] {
  const latest = now.getTime() + MOST_AHEAD_MS;
  const lines = witnesses.flatMap((witness): WitnessLine[] => {
    for (const signature of signaturesBy(note, witness)) {
      const seconds = cosignedAt(note.text, signature, witness);
      if (seconds === undefined) continue;
      const time = seconds * 1000;
      if (time > latest) throw refused('its time has not come');
      const line = formatSignature(signature);
      return [{ witness: witness.name, signature: line, cosignedAt: new Date(time) }];
    }
    return [];
  });
  if (lines.length === 0) throw refused('it carries no signature of a known witness');
  return lines;
}

function refused(reason: string): Error {
  return refusal('cosignature-refused', { reason });
}

export function toAcceptedDto({
  witness,
  size,
  cosignedAt,
}: Pick<Cosignature, 'witness' | 'size' | 'cosignedAt'>): AcceptedCosignatureDto {
  return { witness, size, cosignedAt: cosignedAt.toISOString() };
}
