import { AssertionError } from 'node:assert';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { entryDigest } from '#libs/double-entry';
import {
  TILE_WIDTH,
  type TilePath,
  encodeBundle,
  formatProof,
  formatVerifierKey,
  hashesOf,
  leafHash,
  parseTilePath,
  proveInclusion,
  tileWidth,
} from '#libs/merkle';
import { type FoundEntry, LedgerReads, PostingsStore, entryId } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, refusal } from '../platform/http/index.js';
import { proveGrowth } from './log-growth.js';
import { LogIdentity } from './log.identity.js';
import { tilesIn } from './tile-rows.js';
import { type LogHead, LogStore } from './log.store.js';
import type {
  ConsistencyProofDto,
  EntryProofDto,
  LogHeadDto,
  LogKeyDto,
} from './transparency.dto.js';

/** Until the next look of the sequencer, rounded up. */
const RETRY_SECONDS = '1';

/** What an entry of a bundle is when the books have none: it matches no leaf. */
const MISSING = Buffer.alloc(0);

/** What the log says: to anybody, except proofs of single entries. */
@Injectable()
export class LogReads {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: LogStore,
    private readonly identity: LogIdentity,
    private readonly ledger: LedgerReads,
    private readonly postings: PostingsStore,
  ) {}

  /** The newest checkpoint, signed, with the cosignatures it has. */
  checkpoint(): Promise<string> {
    return this.database.read(async (tx) => this.#signed(tx, await this.identity.head(tx)));
  }

  /** What the newest checkpoint says, and when it was signed, which the checkpoint does not tell. */
  head(): Promise<LogHeadDto> {
    return this.database.read(async (tx) => {
      const { origin, size, root } = await this.identity.head(tx);
      const signedAt = (await this.store.findSignedAt(tx)) as Date;
      return { origin, size, root: toBase64(root), signedAt: signedAt.toISOString() };
    });
  }

  /** The newest checkpoint that a witness has cosigned. */
  cosignedCheckpoint(): Promise<string> {
    return this.database.read(async (tx) => {
      const cosignatures = await this.store.listCosignatures(tx);
      const [first] = cosignatures;
      if (!first) throw refusal('not-cosigned-yet');
      return first.checkpoint + cosignatures.map(({ signature }) => signature).join('');
    });
  }

  key(): Promise<LogKeyDto> {
    return this.database.read(async (tx) => {
      const key = await this.identity.key(tx);
      const witnesses = this.config.logWitnesses.map(formatVerifierKey);
      return { origin: key.name, key: formatVerifierKey(key), witnesses };
    });
  }

  /** A tile of hashes, or a bundle of entries, by its path after `/v1/log/`. */
  tile(path: string): Promise<Buffer> {
    const tile = parseTilePath(path);
    if (!tile) throw refusal('tile-path-malformed');
    // A bundle is made of everybody's entries, and shows hashes of them.
    return this.database.readAcrossTenants(async (tx) => {
      const { size } = await this.identity.head(tx);
      const { level, index, width } = tile;
      if (width > tileWidth(size, level === 'entries' ? 0 : level, index)) {
        throw refusal('beyond-the-log', { size: String(size) });
      }
      if (level === 'entries') return this.#bundle(tx, tile);
      const [hashes] = await tilesIn(tx, 'log_tile')([{ level, index, width }]);
      return hashesOf(hashes as Buffer, 0, width);
    });
  }

  /** The proof that the log of size `to` only added to the log of size `from`. */
  consistency(from: number, to: number): Promise<ConsistencyProofDto> {
    return this.database.read(async (tx) => {
      const { size } = await this.identity.head(tx);
      return proveGrowth(tx, { table: 'log_tile', size }, { from, to });
    });
  }

  /** The proof that the log holds an entry, for whoever may read the entry. */
  entryProof(principal: Principal, id: string): Promise<EntryProofDto> {
    return this.database.read(async (tx) => {
      const entry = await this.ledger.requireEntry(tx, principal, id, 'entry-proof');
      const place = await this.store.findPlace(tx, entry.postingId);
      if (!place) throw notYet();
      const index = place.firstIndex + entry.postingPos;
      const booked = await this.postings.listBooked(tx, [entry.postingId]);
      const key = placeKey(entry.postingId, entry.postingPos);
      const digest = digestOf(groupByPlace(booked).get(key));
      return {
        entryId: entryId(entry),
        digest: digest.toString('hex'),
        leaf: leafHash(digest).toString('hex'),
        ...(await this.proofAt(tx, index)),
      };
    });
  }

  /** The proof that something stands at a place of the log; who may see whose was checked before. */
  async proofAt(
    tx: EntityManager,
    index: number,
  ): Promise<Pick<EntryProofDto, 'index' | 'size' | 'hashes' | 'checkpoint' | 'file'>> {
    const head = await this.identity.head(tx);
    const proof = await proveInclusion(index, head.size, tilesIn(tx, 'log_tile'));
    const checkpoint = await this.#signed(tx, head);
    return {
      index,
      size: head.size,
      hashes: proof.map(toBase64),
      checkpoint,
      file: formatProof({ index, proof, checkpoint }),
    };
  }

  async #signed(tx: EntityManager, head: LogHead): Promise<string> {
    const cosignatures = await this.store.listCosignatures(tx, head.size);
    return head.checkpoint + cosignatures.map(({ signature }) => signature).join('');
  }

  /**
   * The entries as the books have them at this moment, never from the stored hashes: an entry that
   * was edited, moved or deleted no longer gives the hash that the tile of level 0 keeps for it.
   */
  async #bundle(tx: EntityManager, { index, width }: TilePath): Promise<Buffer> {
    const start = index * TILE_WIDTH;
    const places = await this.store.listPlaces(tx, start, start + width);
    const booked = await this.postings.listBooked(
      tx,
      places.map((place) => place.postingId),
    );
    const byPlace = groupByPlace(booked);
    const entries: Buffer[] = Array.from({ length: width }, () => MISSING);
    for (const { postingId, firstIndex, entries: count } of places) {
      const first = Math.max(0, start - firstIndex);
      const beyond = Math.min(count, start + width - firstIndex);
      for (let pos = first; pos < beyond; pos += 1) {
        entries[firstIndex + pos - start] = digestOf(byPlace.get(placeKey(postingId, pos)));
      }
    }
    return encodeBundle(entries);
  }
}

/** The digest of what stands at one place of a posting; nothing when that is not one entry. */
function digestOf(found: readonly FoundEntry[] = []): Buffer {
  const [entry, second] = found;
  if (!entry || second || !entry.agrees) return MISSING;
  try {
    return entryDigest(entry);
  } catch (error) {
    // A text that no entry can have, for example an empty reason: somebody edited it.
    if (error instanceof AssertionError) return MISSING;
    throw error;
  }
}

function groupByPlace(booked: readonly FoundEntry[]): Map<string, FoundEntry[]> {
  const byPlace = new Map<string, FoundEntry[]>();
  for (const entry of booked) {
    const key = placeKey(entry.postingId, entry.postingPos);
    const own = byPlace.get(key);
    if (own) own.push(entry);
    else byPlace.set(key, [entry]);
  }
  return byPlace;
}

function placeKey(postingId: string, postingPos: number): string {
  return `${postingId}/${postingPos}`;
}

export function notYet(): Refusal {
  return new Refusal(
    { code: 'not-in-the-log-yet', params: { seconds: RETRY_SECONDS } },
    { 'retry-after': RETRY_SECONDS },
  );
}

function toBase64(hash: Buffer): string {
  return hash.toString('base64');
}
