import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { previousDay } from '#libs/credit';
import type { FieldFault } from '#libs/problems';
import { type CompiledRulebook, canonicalJson, nearestName, runExamples } from '#libs/rules';
import { type Institution, Institutions } from '../institutions/index.js';
import { Refusal, refusal } from '../platform/http/index.js';
import { RuleChanges } from './rule-changes.js';
import type { RuleVersion } from './rule-version.js';
import { RulebookStore } from './rulebook.store.js';

/** A document on the last step, with the first day on which it is to govern. */
export interface Publication {
  readonly compiled: CompiledRulebook;
  /** The YAML as its author wrote it. */
  readonly source: string;
  readonly from: string;
  /** Account or key that publishes. */
  readonly actor: string;
}

/**
 * The one way in which versions come to be. Callers own the transaction and have checked who may
 * publish; what the document itself must fulfil is checked here.
 */
@Injectable()
export class RulePublisher {
  constructor(
    private readonly store: RulebookStore,
    private readonly institutions: Institutions,
    private readonly changes: RuleChanges,
  ) {}

  /**
   * Publishes a version. Refuses one whose worked examples come out differently, that is not newer
   * than the last, that changes its programme, or whose time another regulation of the programme or
   * a version that is still to come covers. The version that governed until then ends the day
   * before. Publishing the same content again changes nothing.
   */
  async publish(tx: EntityManager, publication: Publication): Promise<RuleVersion> {
    const { compiled, from, actor } = publication;
    const { rulebook, hash } = compiled;
    const { target } = rulebook;
    assertExamplesHold(compiled);
    await this.store.lockProgramme(tx, target.programme);
    const existing = await this.store.versionsOf(tx, rulebook.id);
    const same = existing.find((version) => version.hash === hash);
    if (same) return same;
    assertNewer(compiled, existing[0]);
    await this.#assertAlone(tx, publication);
    const owner = await this.ownerOf(tx, compiled);
    await this.assertOwns(tx, compiled, owner);
    const replaced = await this.store.findGoverning(tx, target.programme, from);
    await this.store.insertRegulation(tx, {
      id: rulebook.id,
      programme: target.programme,
      institutionId: owner.id,
    });
    await this.#insertVersion(tx, publication);
    await this.#endOlder(tx, publication, existing);
    await this.store.putProgramme(tx, {
      code: target.programme,
      institutionId: owner.id,
      title: target.title,
      totalCredits: target.total,
      review: target.review === 'none' ? 'none' : 'required',
    });
    const [version] = await this.store.versionsOf(tx, rulebook.id);
    if (!version) throw new Error(`version ${hash} is not there after publishing`);
    await this.changes.announce(tx, { version, replaced: replaced ?? null, actor });
    return version;
  }

  /** The institution that a document names as the one that decides. */
  async ownerOf(tx: EntityManager, { rulebook }: CompiledRulebook): Promise<Institution> {
    const { institution: code } = rulebook.target;
    const institutions = await this.institutions.list(tx);
    const institution = institutions.find((each) => each.code === code);
    if (institution) return institution;
    const codes = institutions.map((each) => each.code);
    const params = { name: code, nearest: nearestName(code, codes) ?? '—' };
    const fault: FieldFault = {
      pointer: '/target/institution',
      code: 'rulebook-unknown-name',
      params,
    };
    throw new Refusal({ code: 'rulebook-invalid', faults: [fault] });
  }

  /**
   * A regulation and a programme stay with the institution that first published them. Refuses with
   * `rule-of-another-institution`.
   */
  async assertOwns(
    tx: EntityManager,
    { rulebook: { id, target } }: CompiledRulebook,
    owner: Institution,
  ): Promise<void> {
    const first = await this.store.findRegulationOwner(tx, id);
    const programme = await this.store.findProgramme(tx, target.programme);
    const others = [first, programme?.institutionId].filter(
      (each) => each !== undefined && each !== owner.id,
    );
    if (others.length > 0) {
      throw refusal('rule-of-another-institution', { institution: owner.code });
    }
  }

  /** One regulation governs a programme at a time, and one version of it. */
  async #assertAlone(tx: EntityManager, { compiled, from }: Publication): Promise<void> {
    const { id, target, inForce } = compiled.rulebook;
    const { programme } = target;
    const own = { regulationId: id, programme, from, to: inForce.to };
    const other = await this.store.findOverlapping(tx, own);
    if (other) throw refusal('rulebook-dates-overlap', { programme, other });
  }

  async #insertVersion(tx: EntityManager, publication: Publication): Promise<void> {
    const { compiled, source, from, actor } = publication;
    const { rulebook, hash } = compiled;
    await this.store.insertVersion(tx, {
      regulationId: rulebook.id,
      version: rulebook.version,
      hash,
      title: rulebook.title,
      inForceFrom: from,
      inForceTo: rulebook.inForce.to,
      document: canonicalJson(rulebook),
      source,
      publishedBy: actor,
    });
  }

  /** Older versions whose window reaches into the new one's end the day before it begins. */
  async #endOlder(
    tx: EntityManager,
    { compiled, from, actor }: Publication,
    older: readonly RuleVersion[],
  ): Promise<void> {
    const { to } = compiled.rulebook.inForce;
    const reaching = older.filter(
      ({ inForceFrom, inForceTo }) =>
        (inForceTo === null || (inForceTo >= from && inForceTo >= inForceFrom)) &&
        (to === null || inForceFrom <= to),
    );
    const toCome = reaching.find(({ inForceFrom }) => inForceFrom > from);
    if (toCome) {
      const { regulationId, version, inForceFrom } = toCome;
      const params = { rule: regulationId, version: String(version), from: inForceFrom };
      throw refusal('rule-version-to-come', params);
    }
    for (const { regulationId, version } of reaching) {
      await this.store.insertRetirement(tx, {
        regulationId,
        version,
        endsOn: previousDay(from),
        replacedBy: compiled.rulebook.version,
        actor,
        reason: null,
      });
    }
  }
}

/** Versions of a regulation only rise, and all of them govern the same programme. */
function assertNewer({ rulebook }: CompiledRulebook, newest: RuleVersion | undefined): void {
  if (!newest) return;
  if (newest.programme !== rulebook.target.programme) {
    throw refusal('rulebook-programme-changed', { programme: newest.programme });
  }
  if (rulebook.version <= newest.version) {
    throw refusal('rulebook-version-exists', { version: String(newest.version) });
  }
}

/** Refuses a document without worked examples, or whose examples come out differently. */
export function assertExamplesHold(compiled: CompiledRulebook): void {
  if (compiled.rulebook.examples.length === 0) throw refusal('rulebook-nothing-to-decide');
  const faults = exampleFaults(compiled);
  if (faults.length > 0) throw new Refusal({ code: 'rulebook-examples-fail', faults });
}

/** Where a worked example comes out differently. */
export function exampleFaults(compiled: CompiledRulebook): FieldFault[] {
  return runExamples(compiled).flatMap(({ index, name, differences }) =>
    differences.map(({ what, expected, actual }): FieldFault => {
      const params = { name, what, expected, actual };
      return { pointer: `/examples/${index}`, code: 'rulebook-example-fails', params };
    }),
  );
}
