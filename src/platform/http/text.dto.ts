/** A text in the two languages of the service. */
export class TextDto {
  /** @example "物流基础" */
  zh: string;

  /** @example "Logistics basics" */
  en: string;
}
