/** What every way to a document does with it. */
export interface DocumentWay {
  /** Has it read: said in words, or refused. */
  readonly onRead: (text: string) => void;
  /** Something was typed: what was read is another document. */
  readonly onEdit: () => void;
  readonly isBusy: boolean;
}
