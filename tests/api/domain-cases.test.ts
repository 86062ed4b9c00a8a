/** The ready-made cases of the field (domain notes, 6.5) over HTTP on the running system: API, engine, records. */
import { minimumFor, offeredPoints } from '../../domain/stars/criteria';
import { sheetsOf, setNumber, type SheetWish } from '../domain/stars/fixtures';
import { COMMUNE, useApi } from './support/api';
import { type Era, useTravel } from './support/travel';
import { eventually } from '../support/eventually';

jest.setTimeout(180_000);

const SET = setNumber(4);
const FULL_REPORT = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };

let products = 0;
const product = (more: object = {}) => {
  products += 1;
  return {
    productName: `Mật ong số ${products}`,
    producer: { name: 'Hợp tác xã Gia Viễn' },
    productSet: 4,
    kind: 'new',
    communeCode: COMMUNE,
    ...more,
  };
};
const certificate = (issuedOn: string) => ({ stars: 3, issuedOn, decisionNumber: '303/QĐ-UBND', issuedBy: 'UBND tỉnh Ninh Bình' });

/** To the council with a dossier complete in every way. */
async function toCouncil(era: Era, more: object = {}, report: object = FULL_REPORT): Promise<string> {
  const path = await era.register(product(more));
  await era.does(path, 'commune', 'accept-idea');
  await era.does(path, 'commune', 'submit-dossier');
  await era.does(path, 'commune', 'issue-commune-report', report);
  await era.does(path, 'province', 'accept-package');
  await era.does(path, 'secretary', 'record-advisory-report');
  return path;
}

/** Sheets of these totals; every minimum up to a star is met. */
const sheets = (totals: readonly number[], wish: SheetWish = { meeting: 5 }) => sheetsOf(SET, totals, wish);

interface Verdict {
  band: number;
  star: number;
  route: string;
  missedMinimums: object[];
}

async function verdictOf(era: Era, path: string): Promise<Verdict> {
  const { body } = await era.send('GET', `${path}/events?limit=200`);
  const events = body['items'] as { name: string; payload: { verdict?: Verdict } }[];
  const verdict = events.findLast(({ name }) => name === 'record-council-result')?.payload.verdict;
  if (!verdict) throw new Error('no council result');
  return verdict;
}

const decisionNumber = '900/QĐ-UBND';

describe('scores', () => {
  const api = useApi({ on: '2026-08-03' });
  const travel = useTravel(api);
  let era: Era;
  beforeAll(async () => {
    era = await travel.era('2026-08-03');
  });

  it('members 70, 70, 69 (mean 69.67) are in the 3-star band', async () => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([70, 70, 69], { meeting: 3 }) });
    expect(await verdictOf(era, path)).toMatchObject({ band: 3, star: 3, route: 'province' });
    await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 4 });
    expect(await era.does(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 3 })).toMatchObject({
      step: 'awaiting_certificate',
    });
  });

  it('members 90, 90, 89 (89.67) get 4 stars and are not forwarded', async () => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([90, 90, 89]) });
    expect(await verdictOf(era, path)).toMatchObject({ band: 4, star: 4, route: 'province' });
    expect((await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'approve-and-forward' })).status).toBe(422);
    await era.does(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 4 });
  });

  it('mean 90.0 with all minimums is pending nationally, without a certificate', async () => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([90, 90, 90]) });
    expect(await verdictOf(era, path)).toMatchObject({ band: 5, star: 5, route: 'national' });
    expect((await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 4 })).status).toBe(422);
    const forwarded = await era.does(path, 'province', 'decide', { decisionNumber, result: 'approve-and-forward' });
    expect(forwarded).toMatchObject({
      stage: 'national_scoring',
      step: 'awaiting_national_result',
      waitingFor: 'ministry',
      certificate: null,
    });
    await era.refuses(path, 'province', 'issue-certificate', {});
  });

  it('mean 92, national 88: the province recognises 4 stars from it or evaluates itself', async () => {
    const below = async (): Promise<string> => {
      const path = await toCouncil(era);
      await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([92, 92, 92]) });
      await era.does(path, 'province', 'decide', { decisionNumber, result: 'approve-and-forward' });
      const back = await era.does(path, 'province', 'record-national-result', { sum: 264, members: 3 });
      expect(back).toMatchObject({ step: 'national_below_bar', waitingFor: 'province', certificate: null });
      return path;
    };
    const reason = 'Công nhận theo kết quả của Hội đồng cấp trung ương';
    const recognise = { decisionNumber: '55/QĐ-UBND', result: 'recognise', star: 4 };
    const path = await below();
    expect((await era.refuses(path, 'province', 'decide', recognise)).body['problems']).toMatchObject([{ field: 'reason' }]);
    const fromNational = await era.does(path, 'province', 'decide', { ...recognise, reason });
    expect(fromNational).toMatchObject({ step: 'awaiting_certificate' });
    const own = await era.does(await below(), 'province', 'decide', { decisionNumber: '56/CV', result: 'own-evaluation' });
    expect(own).toMatchObject({ stage: 'provincial_scoring', step: 'council_scoring', due: null });
  });

  it('mean 92 with one five-star minimum missed is not potential 5 stars; a person confirms 4', async () => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([92, 92, 92], { meeting: 5, fixed: missedFive() }) });
    const verdict = await verdictOf(era, path);
    expect(verdict).toMatchObject({ band: 5, star: 4, route: 'human-decides', missedMinimums: [{ star: 5 }] });
    expect(verdict.missedMinimums).toHaveLength(1);
    await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'approve-and-forward', reason: 'vẫn gửi' });
    const withoutReason = await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 4 });
    expect(withoutReason.body['problems']).toMatchObject([{ field: 'reason' }]);
    const reason = 'Thiếu một yêu cầu tối thiểu hạng 5 sao; Chủ tịch xác nhận 4 sao';
    await era.does(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 4, reason });
  });

  it('below 50 (49.98, the nearest that 50 members can give to 49.99) is not recognised: written notice, and Ninh Bình’s commune coaches', async () => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', { sum: 2499, members: 50 });
    expect(await verdictOf(era, path)).toMatchObject({ band: 2, route: 'not-recognised' });
    await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: 3 });
    expect(await era.does(path, 'province', 'decide', { decisionNumber: '1/TB', result: 'not-recognised' })).toMatchObject({
      step: 'awaiting_rejection_notice',
      waitingFor: 'province',
    });
    const end = await era.does(path, 'province', 'publish-result', { noticeNumber: '17/TB-SNNMT' });
    expect(end).toMatchObject({ stage: 'closed', outcome: 'not_recognised' });
    const id = String(path.split('/').at(-1));
    const tasks = await era.send('GET', `/api/tasks?cycle=${id}`, { token: api.tokens.commune });
    expect(tasks.body['items']).toMatchObject([{ office: 'commune', title: { vi: expect.stringContaining('hướng dẫn, hỗ trợ chủ thể') } }]);
  });

  it.each([
    ['30.0', { sum: 90, members: 3 }, 2],
    ['29.98', { sum: 1499, members: 50 }, 1],
  ])('mean %s is no recognition: band %j', async (_mean, result, band) => {
    const path = await toCouncil(era);
    await era.does(path, 'secretary', 'record-council-result', result);
    expect(await verdictOf(era, path)).toMatchObject({ band, route: 'not-recognised' });
    await era.refuses(path, 'province', 'decide', { decisionNumber, result: 'recognise', star: band });
  });

  it('scores 88 and 74 with a spread of at most 10 block the session: score again', async () => {
    const path = await toCouncil(era);
    const body = { sheets: sheets([88, 74], { meeting: 3 }), councilRules: 'tay-ninh' };
    const blocked = await era.refuses(path, 'secretary', 'record-council-result', body);
    expect(blocked.status).toBe(409);
    expect(blocked.body['detail']).toContain('14');
    await era.does(path, 'secretary', 'record-council-result', { sheets: sheets([82, 80], { meeting: 4 }), councilRules: 'tay-ninh' });
  });

  it('tourism (set 26) is proposed without samples, food is not', async () => {
    const none = { ...FULL_REPORT, samples: 0 };
    await toCouncil(era, { productSet: 26 }, none);
    await expect(toCouncil(era, { productSet: 4 }, none)).rejects.toThrow('samples');
  });
});

/** Points that miss exactly one five-star minimum and meet every lower one. */
function missedFive(): Record<string, number> {
  for (const criterion of SET.criteria) {
    const five = minimumFor(criterion, 5);
    const points = offeredPoints(criterion).findLast((one) => five !== undefined && one < five && one >= (minimumFor(criterion, 4) ?? 0));
    if (points !== undefined) return { [criterion.code]: points };
  }
  throw new Error('the set has no five-star minimum');
}

describe('certificates', () => {
  const api = useApi({ on: '2026-08-03' });
  const travel = useTravel(api);
  let era: Era;
  beforeAll(async () => {
    era = await travel.era('2026-08-03');
  });

  it('of 14/09/2023 end on 14/09/2026; the window closed before the decision, so they are extended to 13/03/2027 at most', async () => {
    const path = await era.register(product({ certificate: certificate('2023-09-14') }));
    const { body } = await era.send('GET', path);
    expect(body).toMatchObject({ step: 'window_missed', certificate: { validUntil: '2026-09-14', extendedUntil: null } });
    const calculated = await era.send('GET', '/api/calculators/validity?issuedOn=2023-09-14');
    expect(calculated.text).toMatch(/2026-03-18.*2026-05-17/s);
    const id = String(path.split('/').at(-1));
    await travel.moveTo(id, '2026-09-20');
    const extended = await eventually(async () => {
      const answer = await era.send('GET', path);
      expect(answer.body).toMatchObject({ step: 'extended' });
      return answer.body;
    });
    expect(extended).toMatchObject({ certificate: { extendedUntil: '2027-03-13' } });
    expect(await travel.moveTo(id, '2027-03-15')).toBe('ended');
    await eventually(async () => expect((await era.send('GET', path)).body).toMatchObject({ stage: 'closed', outcome: 'expired' }));
  });

  it.each([
    ['2023-12-31', '2026-12-31', '2026-07-04', '2026-09-02'],
    ['2024-02-29', '2027-02-28', '2026-09-01', '2026-10-31'],
  ])('of %s end on %s and are filed for from %s to %s', async (issuedOn, validUntil, opensOn, closesOn) => {
    const path = await era.register(product({ certificate: certificate(issuedOn) }));
    expect((await era.send('GET', path)).body).toMatchObject({ certificate: { validUntil } });
    const id = String(path.split('/').at(-1));
    await travel.moveTo(id, closesOn);
    const renewals = await era.send('GET', '/api/renewals?limit=200');
    const own = (renewals.body['items'] as { cycleId: string }[]).find(({ cycleId }) => cycleId === id);
    expect(own).toMatchObject({ window: { opensOn, closesOn }, step: 'reevaluation_window', validUntil, status: 'open' });
    const later = await travel.era(closesOn);
    const confirmed = await later.send('POST', `/api/renewals/${id}/confirm`, { body: {}, token: api.tokens.commune });
    expect(confirmed.status).toBe(201);
    const again = String(confirmed.headers.get('location'));
    await later.does(again, 'commune', 'submit-dossier', { on: closesOn });
    await eventually(async () => expect((await era.send('GET', path)).body).toMatchObject({ step: 'under_reevaluation' }));
  });
});

describe('a proposal dated 30/04/2027', () => {
  const api = useApi({ on: '2027-04-30' });
  const travel = useTravel(api);

  it('misses the first round: 29/04 is the last day for it', async () => {
    const era = await travel.era('2027-04-30');
    const proposed = async (on: string): Promise<Record<string, unknown>> => {
      const path = await era.register(product({ plan: 'qd-26-2026', registeredOn: '2027-03-01' }));
      await era.does(path, 'commune', 'accept-idea', { on: '2027-03-02' });
      await era.does(path, 'commune', 'submit-dossier', { on: '2027-04-12' });
      return await era.does(path, 'commune', 'issue-commune-report', { ...FULL_REPORT, on });
    };
    expect(await proposed('2027-04-29')).toMatchObject({ due: { date: '2027-06-30', operator: 'before' } });
    expect(await proposed('2027-04-30')).toMatchObject({ due: { date: '2027-12-30', operator: 'before' } });
  });
});

describe('a new dossier filed on 20/05/2026 and undecided on 22/07/2026', () => {
  const api = useApi({ on: '2026-07-22' });
  const travel = useTravel(api);

  it('has missed the transitional day, 21/07/2026, and the leadership hears of it', async () => {
    const era = await travel.era('2026-07-22');
    const path = await era.register(product({ registeredOn: '2026-05-04' }));
    await era.does(path, 'commune', 'accept-idea', { on: '2026-05-05' });
    await era.does(path, 'commune', 'submit-dossier', { on: '2026-05-20' });
    await era.does(path, 'commune', 'issue-commune-report', { ...FULL_REPORT, on: '2026-06-05' });
    const { body } = await era.send('GET', path);
    expect(body).toMatchObject({ regime: 'qd-1489-2025', lateness: 'overdue', due: { date: '2026-07-21', basis: 'transition' } });
    const id = String(path.split('/').at(-1));
    await travel.moveTo(id, '2026-07-30');
    await eventually(async () => {
      const nudges = await era.send('GET', `/api/nudges?cycle=${id}&limit=200`);
      const rules = (nudges.body['items'] as { rule: string; recipient: string }[]).map(({ rule }) => rule);
      expect(rules).toEqual(expect.arrayContaining(['provincial-scoring-overdue', 'provincial-scoring-overdue-leadership']));
    });
    const stuck = await era.send('GET', '/api/stuck?waitingFor=province');
    expect(stuck.text).toContain(id);
  });
});

describe('a commune’s word on 02/03/2027 that production has ceased', () => {
  const api = useApi({ on: '2027-03-02' });
  const travel = useTravel(api);

  it('makes the decision to revoke due on 17/03/2027', async () => {
    const era = await travel.era('2027-03-02');
    const path = await era.register(product({ certificate: certificate('2025-12-20') }));
    const body = { kind: 'ad-hoc', finding: 'violation', ground: 'PRODUCTION_CEASED', on: '2027-03-02' };
    const pending = await era.does(path, 'commune', 'record-inspection', body);
    expect(pending).toMatchObject({
      step: 'revocation_pending',
      waitingFor: 'province',
      due: { kind: 'revocation', date: '2027-03-17', operator: 'on_or_before' },
    });
    const revoked = await era.does(path, 'province', 'revoke-certificate', {
      ground: 'PRODUCTION_CEASED',
      decisionNumber: '77/QĐ-UBND',
      reason: 'Chủ thể ngừng sản xuất',
    });
    expect(revoked).toMatchObject({ stage: 'closed', outcome: 'revoked' });
  });
});
