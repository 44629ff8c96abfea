/**
 * Options of a query whose answer changes by itself: it is asked again while somebody looks at the
 * page, and at once when they come back to it. Nobody has to load a page anew to see the truth.
 */
export const live = { refetchInterval: 5_000, refetchOnWindowFocus: true } as const;
