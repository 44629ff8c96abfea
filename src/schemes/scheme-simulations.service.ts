import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, canonicalJson, readingFor } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { Judge } from './judge.js';
import { type Scheme, dayOf } from './scheme.js';
import { Schemes } from './schemes.service.js';
import type { Simulation } from './simulation.js';
import type {
  NewSchemeSimulationDto,
  SchemeSimulationDto,
  SchemeSimulationPageDto,
} from './simulations.dto.js';
import { SimulationsStore } from './simulations.store.js';
import { toSimulationDto } from './simulations.views.js';
import { SIMULATE, type SimulateTask } from './simulations.worker.js';

/** Who of the district's graduates a scheme would admit to apply, and who under other rules. */
@Injectable()
export class SchemeSimulations {
  constructor(
    private readonly database: Database,
    private readonly store: SimulationsStore,
    private readonly schemes: Schemes,
    private readonly judge: Judge,
    private readonly rulebook: Rulebook,
    private readonly institutions: Institutions,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  /** Orders one; the queue carries it out. */
  order(
    principal: Principal,
    code: string,
    wanted: NewSchemeSimulationDto,
  ): Promise<SchemeSimulationDto> {
    return this.database.transaction(async (tx) => {
      const scheme = await this.schemes.require(tx, code);
      const { compiled, label } = await this.#compared(tx, scheme, wanted);
      const simulation = await this.store.insert(tx, {
        id: newId(),
        schemeId: scheme.id,
        graduatesOf: wanted.graduatesOf,
        document: canonicalJson(compiled.rulebook),
        ruleHash: compiled.hash,
        label,
        on: dayOf(scheme, this.clock.today()),
        isPublic: wanted.isPublic ?? false,
        actor: principal.id,
      });
      const task: SimulateTask = { simulationId: simulation.id };
      await this.tasks.add(tx, SIMULATE, task);
      return this.#view(tx, principal, scheme, simulation);
    });
  }

  /** Newest first; everybody but the authority sees what was meant for all, without small numbers. */
  list(
    principal: Principal | undefined,
    code: string,
    query: PageQuery,
  ): Promise<SchemeSimulationPageDto> {
    const before = idCursor(query.after);
    return this.database.read(async (tx) => {
      const scheme = await this.schemes.require(tx, code);
      const page = { isPublicOnly: !mayOrder(principal), before, limit: query.limit + 1 };
      const rows = await this.store.list(tx, scheme.id, page);
      const { items, next } = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      const shown: SchemeSimulationDto[] = [];
      for (const one of items) shown.push(await this.#view(tx, principal, scheme, one));
      return { items: shown, next };
    });
  }

  /** Throws `not-found`, also for what is not meant for whoever asks. */
  show(principal: Principal | undefined, code: string, id: string): Promise<SchemeSimulationDto> {
    return this.database.read(async (tx) => {
      const scheme = await this.schemes.require(tx, code);
      const simulation = isUuid(id) ? await this.store.find(tx, id) : undefined;
      if (simulation?.schemeId !== scheme.id) throw notFound();
      const isOpen = simulation.isPublic && simulation.state === 'done';
      if (!isOpen && !mayOrder(principal)) throw notFound();
      return this.#view(tx, principal, scheme, simulation);
    });
  }

  /** The rules to compare with, and what people call the difference. */
  async #compared(
    tx: EntityManager,
    scheme: Scheme,
    { version, readings = {} }: NewSchemeSimulationDto,
  ): Promise<{ compiled: CompiledRulebook; label: string }> {
    const own = await this.judge.rulesOf(tx, scheme);
    const base = await this.#versionOf(tx, own, version);
    const { parameters = {} } = base.rulebook;
    for (const [name, value] of Object.entries(readings)) {
      const isKnown = Object.hasOwn(parameters, name) && (value === 'all' || value === 'any');
      if (!isKnown) throw refusal('admission-reading-unknown', { parameter: name.slice(0, 80) });
    }
    const parts = Object.entries(readings).map(([name, value]) => `${name}=${value}`);
    if (base.hash !== own.hash) parts.unshift(`v${base.rulebook.version}`);
    const isRead = Object.keys(readings).length > 0;
    const compiled = isRead ? readingFor(base, { parameters: readings }) : base;
    return { compiled, label: parts.join(' ') };
  }

  async #versionOf(
    tx: EntityManager,
    own: CompiledRulebook,
    version: number | undefined,
  ): Promise<CompiledRulebook> {
    if (version === undefined || version === own.rulebook.version) return own;
    const versions = await this.rulebook.versions(tx, own.rulebook.id);
    const found = versions.find((one) => one.version === version);
    if (!found) throw notFound();
    return this.rulebook.compiledByHash(tx, found.hash);
  }

  async #view(
    tx: EntityManager,
    principal: Principal | undefined,
    scheme: Scheme,
    simulation: Simulation,
  ): Promise<SchemeSimulationDto> {
    return toSimulationDto(simulation, {
      scheme,
      rules: await this.judge.rulesOf(tx, scheme),
      institutions: new Map((await this.institutions.list(tx)).map((one) => [one.code, one])),
      isWhole: mayOrder(principal),
    });
  }
}

function mayOrder(principal: Principal | undefined): boolean {
  return principal !== undefined && isOverseer(principal);
}
