import type { MigrationInterface } from 'typeorm';
import { Platform1764000000001 } from './0001-platform.js';
import { Institutions1764000000002 } from './0002-institutions.js';
import { Learners1764000000003 } from './0003-learners.js';
import { Catalogue1764000000004 } from './0004-catalogue.js';
import { Ledger1764000000005 } from './0005-ledger.js';
import { Outcomes1764000000006 } from './0006-outcomes.js';
import { Imports1764000000007 } from './0007-imports.js';
import { Rulebook1764000000008 } from './0008-rulebook.js';
import { Conversions1764000000009 } from './0009-conversions.js';
import { Verification1764000000010 } from './0010-verification.js';
import { LedgerV21764000000011 } from './0011-ledger-v2.js';
import { Transparency1764000000012 } from './0012-transparency.js';
import { Revocation1764000000013 } from './0013-revocation.js';
import { Scope1764000000014 } from './0014-scope.js';
import { ImportLookup1764000000015 } from './0015-import-lookup.js';
import { RuleLife1764000000016 } from './0016-rule-life.js';
import { Reevaluation1764000000017 } from './0017-reevaluation.js';
import { Applications1764000000018 } from './0018-applications.js';
import { EntryPartitions1764000000019 } from './0019-entry-partitions.js';
import { Life1764000000020 } from './0020-life.js';
import { Access1764000000021 } from './0021-access.js';
import { Systems1764000000022 } from './0022-systems.js';
import { Edges1764000000023 } from './0023-edges.js';
import { Webhooks1764000000024 } from './0024-webhooks.js';
import { Keys1764000000025 } from './0025-keys.js';
import { Privacy1764000000026 } from './0026-privacy.js';
import { Walls1764000000027 } from './0027-walls.js';
import { Shredding1764000000028 } from './0028-shredding.js';
import { Tiers1764000000029 } from './0029-institutions.js';
import { People1764000000030 } from './0030-people.js';
import { OnePerson1764000000031 } from './0031-one-person.js';
import { TwoPeople1764000000032 } from './0032-two-people.js';
import { Words1764000000033 } from './0033-words.js';
import { Credentials1764000000034 } from './0034-credentials.js';
import { Paper1764000000036 } from './0036-paper.js';
import { Proofs1764000000037 } from './0037-proofs.js';
import { Equivalence1764000000038 } from './0038-equivalence.js';
import { Exchange1764000000039 } from './0039-exchange.js';
import { CredentialOwners1764000000040 } from './0040-credential-owners.js';
import { Circumstances1764000000041 } from './0041-circumstances.js';
import { Indicators1764000000042 } from './0042-indicators.js';
import { Reports1764000000043 } from './0043-reports.js';
import { LearnerQueries1764000000044 } from './0044-learner-queries.js';
import { Audits1764000000047 } from './0047-audits.js';
import { Pathways1764000000048 } from './0048-pathways.js';
import { Schemes1764000000049 } from './0049-schemes.js';
import { Sources1764000000050 } from './0050-sources.js';
import { Workload1764000000051 } from './0051-workload.js';
import { CounterDays1764000000053 } from './0053-counter-days.js';

/** Every migration, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [
  Platform1764000000001,
  Institutions1764000000002,
  Learners1764000000003,
  Catalogue1764000000004,
  Ledger1764000000005,
  Outcomes1764000000006,
  Imports1764000000007,
  Rulebook1764000000008,
  Conversions1764000000009,
  Verification1764000000010,
  LedgerV21764000000011,
  Transparency1764000000012,
  Revocation1764000000013,
  Scope1764000000014,
  ImportLookup1764000000015,
  RuleLife1764000000016,
  Reevaluation1764000000017,
  Applications1764000000018,
  EntryPartitions1764000000019,
  Life1764000000020,
  Access1764000000021,
  Systems1764000000022,
  Edges1764000000023,
  Webhooks1764000000024,
  Keys1764000000025,
  Privacy1764000000026,
  Walls1764000000027,
  Shredding1764000000028,
  Tiers1764000000029,
  People1764000000030,
  OnePerson1764000000031,
  TwoPeople1764000000032,
  Words1764000000033,
  Credentials1764000000034,
  Paper1764000000036,
  Proofs1764000000037,
  Equivalence1764000000038,
  Exchange1764000000039,
  CredentialOwners1764000000040,
  Circumstances1764000000041,
  Indicators1764000000042,
  Reports1764000000043,
  LearnerQueries1764000000044,
  Audits1764000000047,
  Pathways1764000000048,
  Schemes1764000000049,
  Sources1764000000050,
  Workload1764000000051,
  CounterDays1764000000053,
];
