import { Injectable } from '@nestjs/common';

/** Something that is measured when somebody asks. */
export interface Gauge {
  /** `creditbank_<thing>_<unit>` */
  readonly name: string;
  readonly help: string;
  /** One value for each label; the label is left out where there is only one. */
  readonly read: () => Promise<readonly { readonly label?: string; readonly value: number }[]>;
}

/** What features have to tell about themselves; nobody asks while metrics are switched off. */
@Injectable()
export class Gauges {
  readonly all: Gauge[] = [];

  add(gauge: Gauge): void {
    this.all.push(gauge);
  }
}
