import cliProgress from 'cli-progress';

/** A progress bar on standard error, which leaves standard output to the answer. */
export function openBar(unit) {
  const bar = new cliProgress.SingleBar(
    {
      format: `{what} {bar} {value}/{total} ${unit}, {speed}/s, {eta_formatted} left`,
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  const startedAt = Date.now();
  let isOpen = false;
  return {
    update(done, total, what) {
      const speed = Math.round((done * 1000) / Math.max(1, Date.now() - startedAt));
      if (!isOpen) bar.start(total, done, { what, speed });
      isOpen = true;
      bar.setTotal(total);
      bar.update(done, { what, speed });
    },
    close() {
      if (isOpen) bar.stop();
    },
  };
}

/** A bar, or nothing when the answer is for a machine. */
export async function withBar({ unit, isSilent }, work) {
  const bar = isSilent ? { update() {}, close() {} } : openBar(unit);
  try {
    return await work((done, total, what = '') => bar.update(done, total, what));
  } finally {
    bar.close();
  }
}
