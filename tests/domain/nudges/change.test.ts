import { decide } from '../../../domain/cycle/decide';
import { nudgeChange, type Reminder } from '../../../domain/nudges/change';
import type { PayloadOf } from '../../../domain/cycle/actions';
import { actor, nineOn, registration, Walk } from '../cycle/walk';
import { rulesOf } from '../rules-of';

const atCommune = (): Walk =>
  new Walk(registration(rulesOf())).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07').until('2026-09-10');

function change<A extends 'extend-deadline' | 'pause' | 'assign-officer'>(
  walk: Walk,
  action: A,
  payload: PayloadOf<A>,
  waiting: Reminder[] = [],
) {
  const at = nineOn('2026-09-10');
  const request = { action, payload, actor: actor('provincial_staff'), on: '2026-09-10', noteId: 'n', sourceDocument: '12/UBND' };
  const decision = decide(walk.state, request, at);
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal));
  return nudgeChange(walk.state, decision.state, at, waiting);
}

const subjects = (some: readonly Reminder[]): string[] => [...new Set(some.map((one) => `${one.subject} ${one.subjectOn}`))].sort();

describe('what a change does to the reminders of a dossier', () => {
  test('a later deadline cancels those of the earlier and adds its own', () => {
    const { cancelled, added } = change(atCommune(), 'extend-deadline', { date: '2026-10-05' });
    expect(subjects(cancelled)).toEqual(['commune-assessment 2026-09-28']);
    expect(subjects(added)).toEqual(['commune-assessment 2026-10-05']);
    expect(added.map((one) => one.plannedFor)).toEqual(added.map((one) => one.plannedFor).sort());
    expect(added.every((one) => one.plannedFor >= '2026-09-10')).toBe(true);
  });

  test('a pause cancels all and adds only what is about going on', () => {
    const { cancelled, added } = change(atCommune(), 'pause', { until: '2026-11-02' });
    expect(subjects(cancelled)).toContain('commune-assessment 2026-09-28');
    expect(subjects(added).every((one) => one.startsWith('resumption'))).toBe(true);
  });

  test('another officer changes no reminder', () => {
    expect(change(atCommune(), 'assign-officer', { side: 'commune', officerId: 'p-1' })).toEqual({ cancelled: [], added: [] });
  });

  test('rows of the ledger that wait are cancelled where their deadline binds no more, and stay where it does', () => {
    const waits = (subjectOn: string): Reminder => ({
      ruleId: 'commune-assessment-10-days',
      recipient: 'commune_officer',
      subject: 'commune-assessment',
      subjectOn,
      plannedFor: '2026-09-11',
    });
    const moved = change(atCommune(), 'extend-deadline', { date: '2026-10-05' }, [waits('2026-09-28')]);
    expect(moved.cancelled).toContainEqual(waits('2026-09-28'));
    const stayed = change(atCommune(), 'assign-officer', { side: 'commune', officerId: 'p-1' }, [waits('2026-09-28')]);
    expect(stayed).toEqual({ cancelled: [], added: [] });
  });
});

describe('an extension that is taken back', () => {
  const extended = (): Walk =>
    atCommune()
      .does('extend-deadline', { date: '2026-10-05' }, '2026-09-11', { sourceDocument: '1/UBND' })
      .does('extend-deadline', { date: '2026-10-12' }, '2026-09-14', { sourceDocument: '2/UBND' });
  const due = (walk: Walk) => walk.state.deadlines[0];

  test('lets the one before it bind again, then the deadline without any', () => {
    const walk = extended().does('extend-deadline', { date: null }, '2026-09-15');
    expect(due(walk)).toMatchObject({ date: '2026-10-05', source: '1/UBND', basis: 'granted' });
    walk.does('extend-deadline', { date: null }, '2026-09-15');
    expect(due(walk)).toMatchObject({ date: '2026-09-28' });
    expect(walk.refuses('extend-deadline', { date: null }, '2026-09-15').problems[0]?.message.vi).toBe(
      'thời hạn hiện tại không phải do gia hạn',
    );
  });

  test('of a certificate ends its validity on the day it had, while that day lies ahead', () => {
    const filed = { cycleId: 'X.2', kind: 'reevaluation', event: 'dossier-filed' } as const;
    const certificate = { code: 'C', number: null, star: 4, issuedOn: '2024-05-01', decisionNumber: null, issuedBy: null } as const;
    const watched = (): Walk =>
      new Walk(registration(rulesOf(), { on: '2026-11-23', certificate: { ...certificate, validUntil: '2027-05-01' } }))
        .does('record-successor', filed, '2026-11-24')
        .does('extend-deadline', { date: '2027-10-28' }, '2026-11-26');
    const back = watched().does('extend-deadline', { date: null }, '2026-11-27');
    expect(back.state.certificate).not.toHaveProperty('extendedUntil');
    const tooLate = watched().refuses('extend-deadline', { date: null }, '2027-06-01');
    expect(tooLate.problems[0]?.message.vi).toBe('giấy chứng nhận chỉ còn hiệu lực nhờ kéo dài');
  });
});
