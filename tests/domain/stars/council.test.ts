import { type CouncilSession, mustRescore, quorumOf, sessionProblems, spreadOf } from '../../../domain/stars/council';
import { rules, sourced } from './fixtures';

const session: CouncilSession = { members: ['An', 'Bình', 'Chi', 'Dũng'], chair: 'An' };
const sheetsBy = (...members: string[]) => members.map((member) => ({ member, options: {} }));
const fiveOfSeven = { ...rules, quorum: sourced({ members: { numerator: 5, denominator: 7 }, chairMustAttend: false }, 'QĐ 757') };

describe('the spread of a session', () => {
  it('is the highest less the lowest total', () => {
    expect(spreadOf([88, 74, 80])).toBe(14);
    expect(spreadOf([70])).toBe(0);
  });

  it('may be exactly at the limit, and has none when the rules set none', () => {
    expect(mustRescore(10, rules)).toBe(false);
    expect(mustRescore(11, rules)).toBe(true);
    expect(mustRescore(0, { ...rules, maxSpread: sourced<number | null>(0) })).toBe(false);
    expect(mustRescore(80, { ...rules, maxSpread: sourced<number | null>(null) })).toBe(false);
  });
});

describe('the quorum', () => {
  it.each([
    [4, 3],
    [5, 4],
    [8, 6],
    [9, 7],
  ])('of three quarters of %i members is %i', (count, needed) => {
    const members = Array.from({ length: count }, (_, index) => `M${index}`);
    expect(quorumOf({ members, chair: 'M0' }, rules)).toBe(needed);
  });

  it('of the central council is 5 of 7', () => {
    expect(quorumOf({ members: ['1', '2', '3', '4', '5', '6', '7'], chair: '1' }, fiveOfSeven)).toBe(5);
  });
});

describe('a session', () => {
  it('is in order with the chair and three quarters of the members', () => {
    expect(sessionProblems(session, sheetsBy('Bình', 'An', 'Chi'), rules)).toEqual([]);
  });

  it('has no quorum with fewer', () => {
    expect(sessionProblems(session, sheetsBy('An', 'Bình'), rules)).toEqual([
      {
        kind: 'quorum',
        member: null,
        criterion: null,
        given: 2,
        allowed: [3],
        text: {
          vi: 'Chưa đủ số thành viên: 2/4 người chấm, cần ít nhất 3 (Quy chế, số thành viên)',
          en: 'No quorum: 2 of 4 members scored, at least 3 are needed (Quy chế, số thành viên)',
        },
      },
    ]);
  });

  it('needs its chair where the rules say so, and only there', () => {
    expect(sessionProblems(session, sheetsBy('Bình', 'Chi', 'Dũng'), rules)).toEqual([
      {
        kind: 'chair-absent',
        member: 'An',
        criterion: null,
        given: null,
        allowed: ['An'],
        text: {
          vi: 'Chủ tịch Hội đồng (An) chưa chấm; phiên họp phải có Chủ tịch (Quy chế, số thành viên)',
          en: "The council's chair (An) has not scored; the chair must take part (Quy chế, số thành viên)",
        },
      },
    ]);
    expect(sessionProblems(session, sheetsBy('Bình', 'Chi', 'Dũng'), fiveOfSeven)).toEqual([]);
  });

  it('does not count the sheet of an adviser, nor a member twice', () => {
    const problems = sessionProblems(session, sheetsBy('An', 'An', 'Bình', 'Tổ tư vấn'), rules);
    expect(problems.map(({ kind, given }) => [kind, given])).toEqual([
      ['not-a-member', null],
      ['quorum', 2],
    ]);
    expect(problems[0]).toEqual({
      kind: 'not-a-member',
      member: 'Tổ tư vấn',
      criterion: null,
      given: null,
      allowed: ['An', 'Bình', 'Chi', 'Dũng'],
      text: {
        vi: 'Tổ tư vấn không phải thành viên Hội đồng của phiên này; chỉ phiếu của thành viên Hội đồng được tính',
        en: "Tổ tư vấn is no member of the council in this session; only council members' sheets count",
      },
    });
  });
});
