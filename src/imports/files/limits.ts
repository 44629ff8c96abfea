const MIB = 1024 * 1024;

/**
 * What one file may make us do. Every number is checked while reading, not only against what the
 * file says about itself.
 */
export const FILE_LIMITS = {
  /** A spreadsheet has at most 1,048,576 rows; a text file may have more. */
  rows: 2_000_000,
  columns: 1_000,
  cellCharacters: 10_000,
  /** One record of a CSV or JSON file. A longer one is an open quote or bracket. */
  recordBytes: 4 * MIB,
  jsonDepth: 16,
  /** One line while the encoding is being found out. */
  lineBytes: 8 * MIB,
  zipEntries: 2_000,
  /** Sheets of a million rows unpack to about 600 MiB, at 10 to 20 times their packed size. */
  sheetBytes: 1024 * MIB,
  inflationRatio: 120,
  /** Below this size no ratio is suspicious. */
  inflationFloorBytes: 4 * MIB,
  sharedStringsXmlBytes: 160 * MIB,
  sharedStringsBytes: 64 * MIB,
  sharedStrings: 3_000_000,
  partBytes: 16 * MIB,
  /** Bytes of XML without a single tag: text of one cell that no cell may have. */
  xmlBytesWithoutTag: MIB,
  xmlDepth: 64,
} as const;
