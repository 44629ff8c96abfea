import { Injectable } from '@nestjs/common';
import { type DataKey, Keyring } from '../platform/crypto/index.js';
import type { Answer } from './answer.js';
import type { AskedRow } from './sheet.js';

/** Which piece of a list something is; a sealed piece opens nowhere else. */
type Piece = 'file' | 'result' | `asked|${number}` | `answer|${number}`;

/** The contents of a list at rest: all of it under one key of its own, which goes with it. */
@Injectable()
export class Sealing {
  constructor(private readonly keyring: Keyring) {}

  newKey(): { key: DataKey; wrapped: Buffer } {
    return this.keyring.newDataKey();
  }

  unwrap(wrapped: Buffer): DataKey {
    return this.keyring.unwrap(wrapped);
  }

  seal(key: DataKey, batchId: string, piece: Piece, bytes: Buffer): Buffer {
    return this.keyring.seal(key, bytes, contextOf(batchId, piece));
  }

  open(key: DataKey, batchId: string, piece: Piece, sealed: Buffer): Buffer {
    return this.keyring.open(key, sealed, contextOf(batchId, piece));
  }

  sealAsked(key: DataKey, batchId: string, position: number, row: AskedRow): Buffer {
    return this.seal(key, batchId, `asked|${position}`, jsonOf(row));
  }

  openAsked(key: DataKey, batchId: string, position: number, sealed: Buffer): AskedRow {
    return parsed(this.open(key, batchId, `asked|${position}`, sealed)) as AskedRow;
  }

  sealAnswer(key: DataKey, batchId: string, position: number, answer: Answer): Buffer {
    return this.seal(key, batchId, `answer|${position}`, jsonOf(answer));
  }

  openAnswer(key: DataKey, batchId: string, position: number, sealed: Buffer): Answer {
    return parsed(this.open(key, batchId, `answer|${position}`, sealed)) as Answer;
  }
}

function contextOf(batchId: string, piece: Piece): string {
  return `equivalence-batch|${batchId}|${piece}`;
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

function parsed(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}
