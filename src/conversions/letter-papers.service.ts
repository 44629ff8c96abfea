import { Inject, Injectable } from '@nestjs/common';
import { sealPaper } from '#libs/paper-seal';
import type { Principal } from '../platform/auth/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { printPaper } from '../platform/paper/index.js';
import { LogIdentity } from '../transparency/index.js';
import { letterPaperOf } from './letter-paper.js';
import { Letters } from './letters.service.js';

/** Prints decision letters and seals them. */
@Injectable()
export class LetterPapers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly letters: Letters,
    private readonly identity: LogIdentity,
  ) {}

  /** The same bytes each time. Refuses as {@link Letters.show} does. */
  async print(principal: Principal, id: string): Promise<Buffer> {
    const letter = await this.letters.show(principal, id);
    const paper = await printPaper(letterPaperOf(letter, this.config.publicUrl));
    const key = await this.database.read((tx) => this.identity.key(tx));
    return sealPaper(paper, key);
  }
}
