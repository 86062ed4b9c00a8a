/** Random dossiers of a province with histories that could be true, for properties of what managers read. */
import fc from 'fast-check';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { addDays, type LocalDate } from '../../domain/dates';
import type { Happened, RecordedDossier } from './manager-records';

const PATH: { name: string; to: Step }[] = [
  { name: 'register', to: 'awaiting_idea_review' },
  { name: 'accept-idea', to: 'awaiting_dossier' },
  { name: 'submit-dossier', to: 'commune_review' },
  { name: 'request-supplement', to: 'commune_supplement' },
  { name: 'submit-supplement', to: 'commune_review' },
  { name: 'issue-commune-report', to: 'provincial_intake' },
  { name: 'return-package', to: 'commune_review' },
  { name: 'issue-commune-report', to: 'provincial_intake' },
  { name: 'accept-package', to: 'advisory_review' },
  { name: 'record-advisory-report', to: 'council_scoring' },
  { name: 'record-council-result', to: 'awaiting_decision' },
  { name: 'decide', to: 'awaiting_certificate' },
  { name: 'issue-certificate', to: 'awaiting_publication' },
  { name: 'publish-result', to: 'in_force' },
];
const VALIDITY: Step[] = ['in_force', 'reevaluation_window', 'window_missed', 'under_reevaluation', 'remediation', 'extended'];

/** Dossiers of a province around a day; every code begins with the prefix. */
export function someDossiers(
  today: LocalDate,
  provinceCode: string,
  communes: readonly string[],
  prefix: string,
): fc.Arbitrary<RecordedDossier[]> {
  return fc
    .array(fc.tuple(fc.constantFrom(...communes), aHistory(today), someDetails(today)), { minLength: 1, maxLength: 40 })
    .map((all) =>
      all.flatMap(([communeCode, events, details], index) => dossiersOf({ communeCode, events, details, index, provinceCode, prefix })),
    );
}

/** A walk along the path that may pause, or end by withdrawal, with days in between; it ends today at the latest. */
function aHistory(today: LocalDate): fc.Arbitrary<Happened[]> {
  return fc
    .record({
      length: fc.integer({ min: 1, max: PATH.length }),
      daysAgo: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: PATH.length + 2, maxLength: PATH.length + 2 }),
      after: fc.constantFrom('nothing', 'nothing', 'nothing', 'pause', 'withdraw', 'assign-officer'),
    })
    .map(({ length, daysAgo, after }) => {
      const walked = PATH.slice(0, length);
      const last = walked.at(-1)?.to ?? 'awaiting_idea_review';
      const beforeCertificate = STEPS[last].stage !== 'certification' && STEPS[last].stage !== 'validity';
      const path =
        after === 'nothing' || !beforeCertificate
          ? walked
          : [...walked, { name: after, to: after === 'withdraw' ? ('ended' as const) : last }];
      let day = today;
      const days = path
        .map((_, index) => (day = index === 0 ? addDays(today, -(daysAgo[0] ?? 0)) : addDays(day, -(daysAgo[index] ?? 0))))
        .reverse();
      return path.map((step, index) => ({ ...step, on: days[index] ?? today }));
    });
}

interface Details {
  kind: RecordedDossier['kind'];
  dueIn: number | null;
  operator: 'before' | 'on_or_before';
  communeLimitIn: number;
  assigned: boolean;
  attention: boolean;
  certificateEndsIn: number;
  decision: string | null;
  inValidity: Step | null;
  successor: Step | null;
}

function someDetails(today: LocalDate): fc.Arbitrary<Details & { today: LocalDate }> {
  return fc.record({
    today: fc.constant(today),
    kind: fc.constantFrom('new', 'upgrade', 'reevaluation'),
    dueIn: fc.option(fc.integer({ min: -40, max: 40 })),
    operator: fc.constantFrom('before', 'on_or_before'),
    communeLimitIn: fc.integer({ min: -40, max: 40 }),
    assigned: fc.boolean(),
    attention: fc.boolean(),
    certificateEndsIn: fc.integer({ min: -3, max: 1100 }),
    decision: fc.constantFrom('12/QĐ-UBND', '345/QĐ-UBND', null),
    inValidity: fc.option(fc.constantFrom(...VALIDITY)),
    successor: fc.option(fc.constantFrom<Step>('awaiting_dossier', 'commune_review', 'council_scoring', 'ended')),
  });
}

interface Drawn {
  communeCode: string;
  events: Happened[];
  details: Details & { today: LocalDate };
  index: number;
  provinceCode: string;
  prefix: string;
}

function dossiersOf({ communeCode, events, details, index, provinceCode, prefix }: Drawn): RecordedDossier[] {
  const { today, kind, operator } = details;
  const place = { productCode: `${prefix}-${index}`, name: `Sản phẩm <${index}>`, provinceCode, communeCode, kind };
  if (details.inValidity) return inValidity(place, details);
  const due = details.dueIn === null ? {} : { due: { kind: 'commune-assessment', on: addDays(today, details.dueIn), operator } };
  const limits = events.flatMap(({ to }, at) => {
    return to === 'commune_review' ? [{ on: addDays(today, details.communeLimitIn), operator, setBy: at + 1 }] : [];
  });
  const ended = events.at(-1)?.to === 'ended' ? { outcome: 'withdrawn' } : due;
  return [
    {
      ...place,
      events,
      ...ended,
      communeLimits: limits,
      ...(details.assigned ? { communeOfficer: 'officer', provinceOfficer: 'officer' } : {}),
      ...(details.attention ? { attention: 'test' } : {}),
    },
  ];
}

function inValidity(
  place: Pick<RecordedDossier, 'productCode' | 'name' | 'provinceCode' | 'communeCode' | 'kind'>,
  details: Drawn['details'],
): RecordedDossier[] {
  const { today, inValidity: step, successor, decision, certificateEndsIn } = details;
  const validUntil = addDays(today, certificateEndsIn);
  const first: RecordedDossier = {
    ...place,
    events: [
      { name: 'register', on: addDays(today, -30), to: 'in_force' },
      { name: 'open-window', on: addDays(today, -1), to: step ?? 'in_force' },
    ],
    due: { kind: 'certificate-expiry', on: validUntil },
    certificate: { issuedOn: addDays(validUntil, -1096), validUntil, decision, issuedBy: 'UBND tỉnh' },
  };
  if (successor === null) return [first];
  const outcome = successor === 'ended' ? { outcome: 'withdrawn' } : {};
  const events = [{ name: 'register', on: addDays(today, -5), to: successor }];
  return [first, { ...place, kind: 'reevaluation', cycleNumber: 2, predecessorId: `${place.productCode}.1`, events, ...outcome }];
}
