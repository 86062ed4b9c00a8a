import fc from 'fast-check';
import { assess, sessionClosingProblems, type Standing, verdictToEnter } from '../../../domain/council/assessment';
import { handoverProblems, lastHandoverDay } from '../../../domain/council/handover';
import type { Seat } from '../../../domain/council/council';
import {
  countingSheets,
  type DossierFacts,
  type EnteredSheet,
  interestOf,
  presidesOver,
  seatsOver,
  type SessionFacts,
} from '../../../domain/council/session';
import { r3, rules, setNumber, sheetOf, sourced } from '../stars/fixtures';

const seats: Seat[] = ['M1', 'M2', 'M3', 'M4'].map((code, index) => ({
  code,
  personId: `p-${code}`,
  role: index === 0 ? 'chair' : 'member',
  scores: true,
}));

const session = (more: Partial<SessionFacts> = {}): SessionFacts => ({
  procedure: 'meeting',
  heldOn: '2026-11-10',
  seats,
  rules,
  delegations: [],
  ...more,
});

const none = seats.map(({ code }) => ({ member: code, interest: false }));
const dossier = (more: Partial<DossierFacts> = {}): DossierFacts => ({
  cycleId: 'C',
  scoringRound: 1,
  handedOverOn: null,
  excluded: null,
  answers: none,
  sheets: [],
  ...more,
});

const set = setNumber(4);
const calendar = { daysOff: ['2026-11-09'], workedSaturdays: [], announcedTo: '2026-12-31' };
const measure = { level: 'province' as const, procedure: r3, set, calendar };
/** Looking for a sheet of a total takes a while; each is looked for once. */
const found = new Map<number, Readonly<Record<string, number>>>();
const sheet = (member: string, total: number, more: Partial<EnteredSheet> = {}): EnteredSheet => {
  const options = found.get(total) ?? sheetOf(set, total, { meeting: 3 }).options;
  found.set(total, options);
  return { member, options, scoringRound: 1, ...more };
};
const all = (...totals: number[]): EnteredSheet[] => totals.map((total, index) => sheet(`M${index + 1}`, total));
const standing = (facts: Partial<SessionFacts>, own: Partial<DossierFacts>): Standing =>
  assess(session(facts), dossier(own), measure).standing;

describe('an interest in a producer', () => {
  it('is asked, answered with no, or answered with yes; the latest answer holds', () => {
    const answers = [
      { member: 'M1', interest: true },
      { member: 'M1', interest: false },
      { member: 'M2', interest: true },
    ];
    expect(seats.map(({ code }) => interestOf({ answers }, code))).toEqual(['none', 'interest', 'unanswered', 'unanswered']);
  });

  it('takes the member out of the quorum and out of the mean', () => {
    const own = dossier({ answers: [...none, { member: 'M4', interest: true }], sheets: [...all(60, 60, 60), sheet('M4', 70)] });
    expect(seatsOver(session(), own).map(({ code }) => code)).toEqual(['M1', 'M2', 'M3']);
    expect(assess(session(), own, measure)).toMatchObject({ standing: 'ready', award: { sum: 180, members: 3 } });
    expect(standing({}, { ...own, sheets: [...all(60, 60), sheet('M4', 60)] })).toBe('sheets');
  });

  it('unanswered, keeps a member in the quorum and their sheet out of the mean', () => {
    const own = dossier({ answers: none.slice(0, 3), sheets: all(60, 60, 60, 70) });
    expect(seatsOver(session(), own).length).toBe(4);
    expect(countingSheets(session(), own).map(({ member }) => member)).toEqual(['M1', 'M2', 'M3']);
  });
});

describe('who presides over a dossier', () => {
  const over = (delegations: SessionFacts['delegations'], answers: DossierFacts['answers'] = none) =>
    presidesOver(session({ delegations }), dossier({ answers }));

  it('is the chair, or the latest delegate, first of the dossier and then of the session', () => {
    expect(over([])).toBe('M1');
    expect(over([{ cycleId: null, to: 'M2' }])).toBe('M2');
    expect(over([{ cycleId: 'other', to: 'M3' }])).toBe('M1');
    expect(
      over([
        { cycleId: 'C', to: 'M3' },
        { cycleId: null, to: 'M2' },
      ]),
    ).toBe('M3');
  });

  it('is nobody when that one has an interest, and then it cannot be concluded', () => {
    const answers = [...none, { member: 'M1', interest: true }];
    expect(over([], answers)).toBeNull();
    const own = { answers, sheets: all(60, 60, 60, 60) };
    expect(assess(session(), dossier(own), measure).problems.map(({ message }) => message.en)).toEqual([
      expect.stringContaining('record who presides'),
    ]);
    expect(standing({ delegations: [{ cycleId: 'C', to: 'M2' }] }, own)).toBe('ready');
  });
});

describe('sheets that count', () => {
  it('are each member’s latest of the present scoring; earlier ones are kept and count no more', () => {
    const sheets = [...all(60, 60, 60, 75), sheet('M1', 62), ...all(64, 64, 64, 64).map((one) => ({ ...one, scoringRound: 2 }))];
    expect(countingSheets(session(), dossier({ sheets })).length).toBe(4);
    expect(assess(session(), dossier({ sheets }), measure)).toMatchObject({
      standing: 'rescore',
      award: { sum: 62 + 60 + 60 + 75, star: null },
    });
    expect(assess(session(), dossier({ sheets, scoringRound: 2 }), measure)).toMatchObject({
      standing: 'ready',
      award: { sum: 256, spread: 0 },
    });
  });

  it('are too far apart only beyond the limit of the rules', () => {
    expect(standing({}, { sheets: all(60, 70, 65, 65) })).toBe('ready');
    expect(standing({}, { sheets: all(60, 71, 65, 65) })).toBe('rescore');
    expect(standing({ rules: { ...rules, maxSpread: sourced<number | null>(null) } }, { sheets: all(50, 80, 65, 65) })).toBe('ready');
  });

  it('propose an exclusion that the council must settle', () => {
    const sheets = [...all(60, 60, 60), sheet('M4', 60, { disqualified: { reason: 'giả mạo' } })];
    expect(standing({}, { sheets })).toBe('exclusion');
    expect(assess(session(), dossier({ sheets, excluded: { reason: 'giả mạo' } }), measure)).toMatchObject({
      standing: 'excluded',
      problems: [],
      award: { route: 'disqualified', sum: null },
    });
  });

  it('never show a point in what keeps a dossier open', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 95 }), { minLength: 0, maxLength: 4 }), (totals) => {
        const { problems } = assess(session(), dossier({ sheets: all(...totals) }), measure);
        const said = JSON.stringify(problems);
        for (const total of totals) expect(said).not.toContain(String(total));
      }),
      { numRuns: 30 },
    );
  });
});

describe('written opinions', () => {
  const written = { procedure: 'written-opinions' as const };

  it('suffice while the members agree on the star', () => {
    expect(standing(written, { sheets: all(71, 72, 73, 74) })).toBe('ready');
  });

  it('need a meeting when stars differ, points are too far apart, or a member asks for one', () => {
    expect(standing(written, { sheets: all(69, 70, 70, 70) })).toBe('meeting');
    expect(standing(written, { sheets: all(71, 82, 75, 75) })).toBe('meeting');
    expect(standing(written, { sheets: [...all(71, 72, 73), sheet('M4', 74, { asksMeeting: 'phức tạp' })] })).toBe('meeting');
    expect(standing(written, { sheets: [...all(71, 72, 73), sheet('M4', 74, { disqualified: { reason: 'x' } })] })).toBe('meeting');
  });

  it('close early once everybody has answered; a meeting closes on its day', () => {
    const done = [dossier({ sheets: all(71, 72, 73, 74) })];
    const early = (facts: Partial<SessionFacts>, dossiers = done) =>
      sessionClosingProblems(session(facts), dossiers, '2026-11-09').map(({ field }) => field);
    expect(early(written)).toEqual([]);
    expect(early(written, [dossier({ sheets: all(71, 72, 73) })])).toEqual(['on']);
    expect(early({})).toEqual(['on']);
    expect(sessionClosingProblems(session(), done, '2026-11-10')).toEqual([]);
    expect(sessionClosingProblems(session(), [], '2026-11-10').map(({ field }) => field)).toEqual(['dossiers']);
  });
});

describe('handing over', () => {
  const oneDay = { ...rules, handoverWorkingDays: sourced<number | null>(1) };

  it('comes some working days before the meeting, where the rules say how many', () => {
    // Monday 9 November is a day off here, so one working day before Tuesday is Friday.
    expect(lastHandoverDay('2026-11-10', oneDay, calendar)).toBe('2026-11-06');
    expect(lastHandoverDay('2026-11-10', rules, calendar)).toBeNull();
  });

  it('is missing, late, or in time', () => {
    const problems = (on: string | null) =>
      handoverProblems('C', on, { heldOn: '2026-11-10', rules: oneDay, calendar }).map(({ message }) => message.vi);
    expect(problems('2026-11-06')).toEqual([]);
    expect(problems('2026-11-07')).toEqual([expect.stringContaining('chuyển ngày 07/11/2026 là muộn')]);
    expect(problems(null)).toEqual([expect.stringContaining('chậm nhất 06/11/2026')]);
    expect(handoverProblems('C', null, { heldOn: '2026-11-10', rules, calendar })).toEqual([]);
    expect(standing({ rules: oneDay }, { sheets: all(60, 60, 60, 60) })).toBe('handover');
  });
});

describe('a verdict that enters the cycle', () => {
  it('is the award; an excluded dossier has no points; members too far apart have none yet', () => {
    const of = (own: Partial<DossierFacts>) => verdictToEnter(assess(session(), dossier(own), measure).award);
    expect(of({ sheets: all(60, 60, 60, 61) })).toMatchObject({ sum: 241, members: 4, band: 3, star: 3, route: 'province' });
    expect(of({ excluded: { reason: 'x' } })).toEqual({ sum: 0, members: 1, band: 1, star: 1, missedMinimums: [], route: 'disqualified' });
    expect(of({ sheets: all(60, 75, 60, 60) })).toBeUndefined();
    expect(of({ sheets: [] })).toBeUndefined();
  });
});
