import type Jsonld from 'jsonld';
import type { ActiveContext } from 'jsonld';

let loading: Promise<typeof Jsonld> | undefined;

/** The JSON-LD library, loaded when the first credential is: a start without any does not pay. */
export function jsonLd(): Promise<typeof Jsonld> {
  loading ??= load();
  return loading;
}

/**
 * An active context is what the library knows while it reads a node: the words of the contexts above
 * it. For every node inside a credential the library (9.0.0) copies all words of all contexts, deep, so a
 * transcript of 120 outcomes costs two seconds of processor time, nine tenths of it in copies and in
 * the garbage they leave. Every context is made by a copy of the first one and takes over how that one
 * is copied, so it is told once. Words are never changed after they were defined: a copy of the lists
 * that hold them is enough, and going back to the context above needs none.
 */
async function load(): Promise<typeof Jsonld> {
  const { default: jsonld } = await import('jsonld');
  const first = await jsonld.processContext(null, null, {});
  first.clone = copyOf;
  first.revertToPreviousContext = previousOf;
  return jsonld;
}

/** The members that the library's own copy has. */
function copyOf(this: ActiveContext): ActiveContext {
  const { mappings, previousContext, clone, getInverse, revertToPreviousContext } = this;
  return {
    mappings: new Map(mappings),
    protected: { ...this.protected },
    inverse: null,
    clone,
    getInverse,
    revertToPreviousContext,
    ...(previousContext === undefined ? {} : { previousContext }),
    ...('@base' in this ? { '@base': this['@base'] } : {}),
    ...('@language' in this ? { '@language': this['@language'] } : {}),
    ...('@vocab' in this ? { '@vocab': this['@vocab'] } : {}),
  };
}

function previousOf(this: ActiveContext): ActiveContext {
  return this.previousContext ?? this;
}
