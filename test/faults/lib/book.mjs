/**
 * What the clients of a run were told, in their own words: the database is compared with this book
 * and never with itself.
 */
export class Book {
  /** external id → { school, serial, how, revoked } of every posting that was acknowledged. */
  postings = new Map();
  /** Imports whose upload was acknowledged. */
  imports = new Set();
  committed = new Set();
  /** Grows with every acknowledgement and with every row that a file was seen to have moved. */
  progress = 0;
  answers = new Map();
  retries = 0;
  resent = 0;
  complaints = [];

  acknowledge(externalId, posting) {
    if (this.postings.has(externalId)) this.complain(`${externalId} was acknowledged twice`);
    this.postings.set(externalId, { ...posting, revoked: false });
    this.progress += 1;
  }

  countAnswer(answer) {
    const what = answer instanceof Error ? 'broken' : answerName(answer);
    this.answers.set(what, (this.answers.get(what) ?? 0) + 1);
  }

  complain(text) {
    this.complaints.push(text);
  }
}

function answerName({ status, body }) {
  return status < 400 ? String(status) : `${status} ${body.code ?? ''}`.trim();
}
