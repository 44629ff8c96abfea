/**
 * Ends the process in order when it is asked to, or when its launcher is gone: `npm start` holds the
 * other end of a channel, and without it nobody would stop this process.
 */
export function closeOnEnd(close: () => Promise<void>): void {
  const stop = (): void => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  // There was a launcher, and it went before anybody listened.
  if (process.send !== undefined && !process.connected) stop();
}
