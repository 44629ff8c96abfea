import type { Reading } from '../clauses/lot-test.js';
import type { Lot } from '../learner/lots.js';
import { type Rank, rankOf } from './mark.js';
import { DIMENSIONS, type Question, type Vocabulary } from './vocabulary.js';

/** Answers that are remembered for each lot; what is asked beyond is asked each time. */
const REMEMBERED = 64;

/** Lists that one lot can be in: as many as it has keys. */
const LISTS = DIMENSIONS.length;

/**
 * Where the lots of one learner at a time are laid out by the keys of a rulebook, and where their
 * answers are noted. It is as large as the rulebook, so it is made once, and the next learner finds
 * it free by counting turns instead of emptying it.
 */
export class Desk {
  #turn = 0;
  #lots: readonly Lot[] = [];
  #present: number[] = [];
  /** Of each key, in which turn its list was made, and the first entry of the list. */
  readonly #turns: Int32Array;
  readonly #first: Int32Array;
  /** Of each entry the next one of its list, or -1. An entry is a lot's position and a list. */
  #next = new Int32Array(0);
  /** By lot and question: 0 when it was not asked yet, else the rank of the verdict + 1. */
  #answers = new Uint8Array(0);
  readonly #questions: readonly Question[];
  readonly #width: number;

  /** @param vocabulary one that is complete: nothing is added to it any more */
  constructor({ keyCount, questions }: Vocabulary) {
    this.#questions = questions;
    this.#turns = new Int32Array(keyCount);
    this.#first = new Int32Array(keyCount);
    this.#width = Math.min(questions.length, REMEMBERED);
  }

  /** The number of the learner whose lots lie here. */
  get turn(): number {
    return this.#turn;
  }

  /** Numbers of the keys that the lots have and the rulebook mentions. */
  get present(): readonly number[] {
    return this.#present;
  }

  /** Lays out the lots of the next learner, each list in the order of the lots. */
  lay(lots: readonly Lot[]): void {
    this.#turn += 1;
    this.#lots = lots;
    this.#present = [];
    const entries = lots.length * LISTS;
    if (this.#next.length < entries) this.#next = new Int32Array(entries * 2);
    const answers = lots.length * this.#width;
    if (this.#answers.length < answers) this.#answers = new Uint8Array(answers * 2);
    else this.#answers.fill(0, 0, answers);
    for (let position = lots.length - 1; position >= 0; position -= 1) {
      const { keys } = lots[position] as Lot;
      for (let list = 0; list < keys.length; list += 1) {
        const key = keys[list] as number;
        if (key >= 0) this.#enlist(position * LISTS + list, key);
      }
    }
  }

  /** The first entry of the lots with a key, or -1. */
  first(key: number): number {
    return this.#turns[key] === this.#turn ? (this.#first[key] as number) : -1;
  }

  /** The next entry of the same list, or -1. */
  next(entry: number): number {
    return this.#next[entry] as number;
  }

  /** The position of an entry's lot among the lots of the learner. */
  positionOf(entry: number): number {
    return Math.trunc(entry / LISTS);
  }

  /** What a lot answers to a question. It is asked once. */
  rank(position: number, question: number, reading: Reading): Rank {
    if (question >= this.#width) return this.#ask(position, question, reading);
    const at = position * this.#width + question;
    const known = this.#answers[at] as number;
    if (known > 0) return (known - 1) as Rank;
    const rank = this.#ask(position, question, reading);
    this.#answers[at] = rank + 1;
    return rank;
  }

  /** Puts an entry at the head of the list of a key. */
  #enlist(entry: number, key: number): void {
    if (this.#turns[key] === this.#turn) {
      this.#next[entry] = this.#first[key] as number;
    } else {
      this.#next[entry] = -1;
      this.#turns[key] = this.#turn;
      this.#present.push(key);
    }
    this.#first[key] = entry;
  }

  #ask(position: number, question: number, reading: Reading): Rank {
    const asked = this.#questions[question] as Question;
    return rankOf(asked.verdict(this.#lots[position] as Lot, reading));
  }
}
