/**
 * Takes the first of a stream of events before the answer begins: a refusal is still an ordinary
 * answer then.
 */
export async function started<T>(events: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await events.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* events;
  })();
}
