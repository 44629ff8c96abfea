import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Coefficients, weigh } from '#libs/workload';
import { type OutputCell, writeXlsx } from '../imports/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { itemOf } from './reckoning.js';
import { WorkloadStatements } from './statements.service.js';
import { TrainingsStore } from './trainings.store.js';
import type { EvidenceQuery, WorkloadEntryDto } from './workload.dto.js';
import { Workload } from './workload.service.js';
import { WorkloadStore } from './workload.store.js';
import { toEntryDto } from './workload.views.js';

const HEADERS = [
  '序号',
  '人员代号',
  '成果代码',
  '计入日期',
  '状态',
  '培训类别',
  '技能等级',
  '授课时段',
  '学时',
  '系数',
  '折算分钟',
  '成果编号',
  '账本分录',
  '公开日志序号',
  '证明地址',
];

const WORDS: Readonly<Record<string, string>> = {
  counted: '计入',
  'hours-unknown': '学时未知，不计',
  'recorded-later': '结账后补录',
  'taken-back': '结账后撤销',
  'weighed-anew': '结账后系数更正',
  employment: '就业技能',
  upgrading: '岗位提升',
  entrepreneurship: '创业',
  unknown: '未填报',
  none: '无',
  daytime: '白天',
  evening: '晚间',
  weekend: '周末',
  online: '线上',
  '5': '五级/初级工',
  '4': '四级/中级工',
  '3': '三级/高级工',
  '2': '二级/技师',
  '1': '一级/高级技师',
};

/** A file that is being sent. */
export interface EvidenceFile {
  readonly fileName: string;
  readonly bytes: AsyncGenerator<Buffer>;
}

/** What an auditor needs: every training of a statement, with the entry and where its proof is. */
@Injectable()
export class WorkloadEvidence {
  constructor(
    private readonly database: Database,
    private readonly workload: Workload,
    private readonly statements: WorkloadStatements,
    private readonly trainings: TrainingsStore,
    private readonly store: WorkloadStore,
  ) {}

  /** Of a closed statement, or of a period as it is known now. */
  download(principal: Principal, query: EvidenceQuery): Promise<EvidenceFile> {
    return this.database.readAcrossTenants(async (tx) => {
      const { title, entries, notes } =
        query.statement === undefined
          ? await this.#known(tx, principal, query)
          : await this.#closed(tx, principal, query.statement);
      return {
        fileName: `培训工作量-${title}.xlsx`,
        bytes: writeXlsx({ name: title, headers: HEADERS, rows: rowsOf(entries, notes) }),
      };
    });
  }

  async #closed(tx: EntityManager, principal: Principal, id: string) {
    const { period, hash, content } = await this.statements.find(tx, principal, id);
    const items = await this.store.items(tx, id, { after: -1, limit: null });
    const said = JSON.parse(content) as {
      institution: string;
      closedAt: string;
      total: { units: string; fte: string | null };
      differences: { units: string };
    };
    return {
      title: `${said.institution}-${period}`,
      entries: items.map((item) => toEntryDto(item, item.logIndex !== null)),
      notes: [
        ['结账时间', said.closedAt],
        ['工作量（折算学时）合计', said.total.units],
        ['以往结账期更正', said.differences.units],
        ['折合全日制学生数', said.total.fte ?? '未规定'],
        ['结账内容 SHA-256', hash.toString('hex')],
      ],
    };
  }

  async #known(tx: EntityManager, principal: Principal, query: EvidenceQuery) {
    const { institution, period } = await this.workload.asked(tx, principal, query);
    const span = { institutionId: institution.id, from: period.from, to: period.to };
    const coefficients = new Coefficients(await this.store.coefficients(tx));
    const weighed = weigh(await this.trainings.list(tx, span), coefficients);
    return {
      title: `${institution.code}-${period.id}`,
      entries: weighed.map((one, i) =>
        toEntryDto(itemOf(one, institution.id, i), one.fact.hasEntry),
      ),
      notes: [['未结账', '数字可能随补录和更正变化']],
    };
  }
}

async function* rowsOf(
  entries: readonly WorkloadEntryDto[],
  notes: readonly (readonly string[])[],
): AsyncGenerator<readonly OutputCell[]> {
  for (const [i, entry] of entries.entries()) {
    const word = (text: string): string => WORDS[text] ?? text;
    yield cells(
      String(i + 1),
      entry.person,
      entry.outcome,
      entry.day,
      word(entry.reason),
      word(entry.kind),
      word(entry.level),
      word(entry.mode),
      entry.hours ?? '',
      entry.coefficient,
      entry.weighedMinutes,
      entry.outcomeId,
      entry.entryId ?? '无学分，无分录',
      entry.logIndex === null ? '' : String(entry.logIndex),
      entry.proof ?? '',
    );
  }
  yield cells('');
  for (const note of notes) yield cells(...note);
}

function cells(...texts: readonly string[]): OutputCell[] {
  return texts.map((text) => ({ text }));
}
