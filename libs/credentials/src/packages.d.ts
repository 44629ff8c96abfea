// What this library uses of packages that bring no types.

declare module 'jsonld' {
  interface RemoteDocument {
    readonly contextUrl: null;
    readonly documentUrl: string;
    readonly document: unknown;
    /** `static`: never another one under this address, so it is read once in a process. */
    readonly tag: 'static';
  }
  /** Internal to the library; `json-ld.ts` says what of it is used. */
  export interface ActiveContext {
    readonly mappings: ReadonlyMap<string, object>;
    readonly protected: Readonly<Record<string, boolean>>;
    readonly inverse: null;
    readonly previousContext?: ActiveContext;
    readonly '@base'?: unknown;
    readonly '@language'?: unknown;
    readonly '@vocab'?: unknown;
    readonly getInverse: () => unknown;
    clone: () => ActiveContext;
    revertToPreviousContext: () => ActiveContext;
  }
  interface Quad {
    readonly subject: unknown;
    readonly predicate: unknown;
    readonly object: unknown;
    readonly graph: unknown;
  }
  interface ToRdfOptions {
    readonly base: null;
    readonly safe: true;
    readonly rdfDirection: 'i18n-datatype';
    readonly produceGeneralizedRdf: false;
    readonly documentLoader: (url: string) => Promise<RemoteDocument>;
  }
  const jsonld: {
    toRDF(input: object, options: ToRdfOptions): Promise<Quad[]>;
    processContext(active: null, local: null, options: object): Promise<ActiveContext>;
  };
  export default jsonld;
}

declare module 'rdf-canonize' {
  const rdfCanonize: {
    canonize(
      dataset: readonly object[],
      options: {
        readonly algorithm: 'RDFC-1.0';
        readonly format: 'application/n-quads';
        readonly maxWorkFactor: number;
      },
    ): Promise<string>;
  };
  export default rdfCanonize;
}

// Its own types describe an ESM module, which the CommonJS package is not.
declare module 'canonicalize' {
  const canonicalize: (value: unknown) => string | undefined;
  export default canonicalize;
}

// Its own types give the CommonJS module a `default` twice.
declare module 'ajv-formats' {
  const addFormats: (ajv: object) => void;
  export default addFormats;
}
