// What this library uses of packages that bring no types.

declare module 'jsonld' {
  interface RemoteDocument {
    readonly contextUrl: null;
    readonly documentUrl: string;
    readonly document: unknown;
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
  const jsonld: { toRDF(input: object, options: ToRdfOptions): Promise<Quad[]> };
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
