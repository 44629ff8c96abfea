const SHOWN = 10;

/** Prints the figures of a run, then everything that is wrong. Answers whether nothing is. */
export function printSummary(run) {
  const { book, killer, open, verdict, replayed, tree, audit } = run;
  const how = (wanted) => [...book.postings.values()].filter(({ how }) => how === wanted).length;
  const services = run.parts.filter(({ kind }) => kind === 'app' || kind === 'worker');
  const sum = (key) => services.reduce((total, part) => total + part[key], 0);
  const kinds = Object.entries(killer.byKind).map(([kind, kills]) => `${kills} ${kind}`);
  const answers = [...book.answers].map(([answer, times]) => `${answer}: ${times}`);
  const seconds = Math.round((Date.now() - run.startedAt) / 1000);
  const wrong = [
    ...verdict.wrong,
    ...verdict.broken,
    ...replayed.unsound.map((lotId) => `lot ${lotId} does not replay`),
    ...tree.wrong,
    ...audit,
  ];
  console.log(
    [
      '',
      `seed            ${run.seed}`,
      `duration        ${seconds} s`,
      `kills           ${killer.done} (${kinds.join(', ')}); queue emptied ${killer.emptied} times`,
      `acknowledged    ${book.postings.size} postings: ${how('single')} single, ${how('import')} in ` +
        `${book.committed.size} imports; ${revoked(book)} taken back`,
      `asked again     ${book.retries} times; ${book.resent} of them had been booked`,
      `answers         ${answers.join(', ')}`,
      `entries         ${verdict.entries}; ${replayed.lots} lots replayed; ${tree.size} leaves in the log`,
      `lost            ${verdict.lost.length}`,
      `doubled         ${verdict.doubled.length}`,
      `wrong           ${wrong.length}`,
      `still open      ${open.tasks} tasks, ${open.imports} imports, ${open.feed} of the feed`,
      `own deaths      ${sum('ownDeaths')}; starts refused while PostgreSQL was away: ${sum('failedStarts')}`,
      `standstill      ${(killer.longestStandstillMs / 1000).toFixed(1)} s at most`,
    ].join('\n'),
  );
  const isOpen = open.tasks + open.imports + open.feed > 0;
  const faults = [
    ...verdict.lost.map((what) => `lost: ${what}`),
    ...verdict.doubled.map((what) => `doubled: ${what}`),
    ...wrong.map((what) => `wrong: ${what}`),
    ...book.complaints,
    ...(isOpen ? [`not ended: ${JSON.stringify(open)}`] : []),
    ...(sum('ownDeaths') > 0
      ? [`${sum('ownDeaths')} processes ended though nobody killed them`]
      : []),
    ...unexpected(book),
  ];
  for (const fault of faults.slice(0, SHOWN)) console.log(`✗ ${fault}`);
  if (faults.length > SHOWN) console.log(`✗ … and ${faults.length - SHOWN} more`);
  console.log(faults.length === 0 ? '✓ nothing lost, nothing doubled, books whole' : '');
  return faults.length === 0;
}

function revoked(book) {
  return [...book.postings.values()].filter((posting) => posting.revoked).length;
}

/** A database that is away is a 503; any other 5xx is a fault of the service. */
function unexpected(book) {
  return [...book.answers]
    .filter(([answer]) => answer.startsWith('5') && !answer.startsWith('503 '))
    .map(([answer, times]) => `answered ${answer} ${times} times`);
}
