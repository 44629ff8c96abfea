import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Principal, SESSION_COOKIE } from '../auth/principal.js';
import { CONFIG, type Config, type RequestLimits as Settings } from '../config/index.js';
import { Refusal } from '../http/refusal.js';
import { callerOfAddress } from './address.js';
import { type Allowance, Limits, type Standing, secondsUntil } from './limits.js';
import { SharedRate } from './shared-rate.js';

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
/** Wrong keys and ended sessions an address may send in a minute before all of its are refused. */
const MOST_UNKNOWN = 1_200;
/** So many looks at learners by one person within an hour are told to the operator. */
const MANY_LOOK_UPS = 200;

interface Rate {
  readonly allowance: Allowance;
  readonly shared: SharedRate;
}

/** How much one key, one person and one address may ask, over all processes. */
@Injectable()
export class RequestLimits implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('limits');
  readonly #rates: Readonly<Record<RateName, Rate>> | null;

  constructor(@Inject(CONFIG) config: Config, limits: Limits) {
    this.#rates = config.edge.limits === null ? null : openRates(config.edge.limits, limits);
  }

  onApplicationBootstrap(): void {
    for (const { shared } of Object.values(this.#rates ?? {})) shared.start();
  }

  onModuleDestroy(): void {
    for (const { shared } of Object.values(this.#rates ?? {})) shared.stop();
  }

  /** Before anything else is done for a request. Refuses with `too-many-requests`. */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    if (!this.#rates) return;
    const caller = callerOfAddress(request.ip);
    if (hasCredential(request)) {
      const { unknown } = this.#rates;
      const standing = unknown.shared.look(caller);
      if (unknown.shared.isBeyond(standing)) throw tooMany(unknown, standing);
    } else this.#take('address', caller, reply);
  }

  /** After the answer to a request whose credential nobody knows. */
  countUnknown(request: FastifyRequest): void {
    if (hasCredential(request)) this.#rates?.unknown.shared.take(callerOfAddress(request.ip));
  }

  /** Once it is known who asks. Refuses with `too-many-requests`. */
  admitPrincipal({ id }: Principal, request: FastifyRequest, reply: FastifyReply): void {
    this.#take(isKey(request) ? 'key' : 'person', id, reply);
  }

  /** One look at a learner who is somebody else. Refuses with `too-many-requests`. */
  admitLookUp({ id }: Principal, request: FastifyRequest, reply: FastifyReply): void {
    const isPerson = !isKey(request);
    const standing = this.#take(isPerson ? 'lookUpByPerson' : 'lookUpByKey', id, reply);
    if (isPerson && standing?.used === MANY_LOOK_UPS) {
      this.#logger.error({
        alarm: 'many-look-ups',
        actor: id,
        msg: `${MANY_LOOK_UPS} looks at learners by one person within an hour`,
      });
    }
  }

  #take(name: RateName, caller: string, reply: FastifyReply): Standing | undefined {
    const rate = this.#rates?.[name];
    if (!rate) return undefined;
    const standing = rate.shared.take(caller);
    for (const [header, text] of Object.entries(headersOf(rate.allowance, standing))) {
      reply.header(header, text);
    }
    if (rate.shared.isBeyond(standing)) throw tooMany(rate, standing);
    return standing;
  }
}

type RateName = 'key' | 'person' | 'address' | 'unknown' | 'lookUpByKey' | 'lookUpByPerson';

function openRates(settings: Settings, limits: Limits): Readonly<Record<RateName, Rate>> {
  const open = (name: string, most: number, windowS = MINUTE_S): Rate => {
    const allowance = { name, most, windowS };
    return { allowance, shared: new SharedRate(limits.open(allowance)) };
  };
  return {
    key: open('key', settings.perKey),
    person: open('person', settings.perPerson),
    address: open('address', settings.perAddress),
    unknown: open('unknown-credential', MOST_UNKNOWN),
    lookUpByKey: open('look-up-key', settings.lookUpsPerKey, HOUR_S),
    lookUpByPerson: open('look-up-person', settings.lookUpsPerPerson, HOUR_S),
  };
}

/** As draft-ietf-httpapi-ratelimit-headers writes them. */
function headersOf({ name, most, windowS }: Allowance, standing: Standing): Record<string, string> {
  const left = Math.max(0, most - standing.used);
  return {
    'ratelimit-policy': `"${name}";q=${most};w=${windowS}`,
    ratelimit: `"${name}";r=${left};t=${secondsUntil(standing)}`,
  };
}

function tooMany({ allowance }: Rate, standing: Standing): Refusal {
  const seconds = secondsUntil(standing);
  return new Refusal(
    { code: 'too-many-requests', params: { seconds } },
    { 'retry-after': seconds, ...headersOf(allowance, standing) },
  );
}

function isKey({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined;
}

function hasCredential(request: FastifyRequest): boolean {
  return isKey(request) || (request.headers.cookie ?? '').includes(`${SESSION_COOKIE}=`);
}
