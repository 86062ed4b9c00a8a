/** The rules asked over HTTP: the dates of the decision's own cases, the steps behind them, and refusals that say what is allowed. */
import { loadRules } from '../../../plans/load';
import { useApi } from '../support/api';

const api = useApi({ on: '2026-08-20', worker: false });
const { criteria } = loadRules();

interface Step {
  vi: string;
  en: string;
  source: string;
}

const ask = async (path: string) => {
  const { status, body } = await api.send('GET', `/api/calculators/${path}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  for (const step of body['steps'] as Step[]) expect([step.vi, step.en, step.source]).not.toContain('');
  return body;
};

describe('the deadline of a step', () => {
  it.each([
    // Three weekdays of the National Day holiday lie in between: 31/08, 01/09, 02/09.
    ['rule=commune-assessment&receivedOn=2026-08-24&plan=ninh-binh-2026', '2026-09-17', 'on_or_before', '2026-09-17', 'limit'],
    ['rule=commune-assessment&receivedOn=2026-09-07&plan=ninh-binh-2026', '2026-09-28', 'on_or_before', '2026-09-28', 'limit'],
    ['rule=commune-assessment&receivedOn=2026-10-20&plan=qd-26-2026', '2026-10-30', 'before', '2026-10-29', 'round'],
    ['rule=commune-assessment&receivedOn=2024-08-01&plan=lai-chau-2024', null, null, null, null],
    ['rule=commune-assessment&receivedOn=2026-05-20&asOf=2026-07-22', '2026-07-21', 'on_or_before', '2026-07-21', 'transition'],
    ['rule=provincial-scoring&proposedOn=2024-08-15&plan=lai-chau-2024', '2024-11-30', 'before', '2024-11-29', 'plan'],
    ['rule=provincial-scoring&proposedOn=2026-10-29&plan=qd-26-2026', '2026-12-30', 'before', '2026-12-29', 'round'],
    ['rule=provincial-scoring&kind=reevaluation&completeOn=2026-09-02', '2026-10-17', 'on_or_before', '2026-10-17', 'limit'],
    ['rule=reevaluation&completeOn=2026-09-02', '2026-10-17', 'on_or_before', '2026-10-17', 'limit'],
    ['rule=national-scoring&forwardedOn=2026-12-20', '2027-03-30', 'before', '2027-03-29', 'round'],
    ['rule=revocation&conclusionOn=2027-03-02', '2027-03-17', 'on_or_before', '2027-03-17', 'limit'],
    // On the cut-off itself a proposal has missed the first round.
    ['rule=round&proposedOn=2027-04-29', '2027-06-30', 'before', '2027-06-29', 'round'],
    ['rule=round&proposedOn=2027-04-30', '2027-12-30', 'before', '2027-12-29', 'round'],
    ['rule=round&proposedOn=2027-01-30&level=national', '2027-09-30', 'before', '2027-09-29', 'round'],
  ])('%s', async (query, date, operator, lastSafeDay, basis) => {
    const answer = await ask(`deadline?${query}`);
    expect(answer['deadline']).toEqual(date === null ? null : { date, operator, source: expect.stringMatching(/\S/) });
    expect(answer['lastSafeDay']).toBe(lastSafeDay);
    expect((answer['winner'] as { basis: string } | null)?.basis ?? null).toBe(basis);
    const candidates = answer['candidates'] as { lastSafeDay: string }[];
    expect(candidates.every((one) => one.lastSafeDay >= (lastSafeDay ?? ''))).toBe(true);
  });

  it('names every candidate, the holidays passed over and the round joined', async () => {
    const answer = await ask('deadline?rule=commune-assessment&receivedOn=2026-08-24&plan=ninh-binh-2026');
    expect((answer['candidates'] as { basis: string }[]).map(({ basis }) => basis)).toEqual(['round', 'limit', 'plan']);
    expect((answer['steps'] as Step[]).map(({ vi }) => vi)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('02/09/2026: Quốc khánh'),
        expect.stringContaining('15 ngày làm việc kể từ ngày 24/08/2026'),
      ]),
    );
    expect(await ask('deadline?rule=round&proposedOn=2026-10-29')).toMatchObject({
      round: { id: 'province-2/2026', proposeBefore: '2026-10-30', concludedBefore: '2026-12-30' },
    });
  });

  it('keeps a dossier under the regime of its day of filing', async () => {
    const filedBefore = 'deadline?rule=provincial-scoring&proposedOn=2026-06-10&submittedOn=2026-05-20';
    expect(await ask(filedBefore)).toMatchObject({ regime: 'qd-1489-2025', deadline: { date: '2026-07-21', operator: 'on_or_before' } });
    expect(await ask('deadline?rule=provincial-scoring&proposedOn=2026-06-10')).toMatchObject({
      regime: 'qd-26-2026',
      deadline: { date: '2026-12-30', operator: 'before' },
    });
  });

  it('counted past the announced holidays is a forecast', async () => {
    expect(await ask('deadline?rule=commune-assessment&receivedOn=2026-09-07')).toMatchObject({ forecast: false });
    expect(await ask('deadline?rule=commune-assessment&receivedOn=2028-01-10')).toMatchObject({ forecast: true });
  });

  it.each([
    ['rule=commune-assessment', 'receivedOn', 'cần ngày này'],
    ['rule=round', 'proposedOn', 'cần ngày này'],
    ['rule=reevaluation&completeOn=2026-09-02&kind=new', 'kind', 'reevaluation'],
    ['rule=soon&receivedOn=2026-09-07', 'rule', 'commune-assessment'],
    ['rule=commune-assessment&receivedOn=2026-02-30', 'receivedOn', 'YYYY-MM-DD'],
    ['rule=commune-assessment&receivedOn=2010-02-03', 'receivedOn', 'không quy định nào áp dụng'],
    ['rule=commune-assessment&receivedOn=2026-09-07&submittedOn=2026-09-08', 'submittedOn', '<= 2026-09-07'],
    ['rule=commune-assessment&receivedOn=2026-09-07&asOf=2026-09-06', 'asOf', '>= 2026-09-07'],
    ['rule=commune-assessment&receivedOn=2026-09-07&plan=none', 'plan', 'ninh-binh-2026'],
    ['rule=commune-assessment&receivedOn=2026-09-07&province=99', 'province', '37 (Ninh Bình)'],
  ])('%s is refused at %s', async (query, field, said) => {
    const { status, body } = await api.send('GET', `/api/calculators/deadline?${query}`);
    expect(status).toBe(422);
    expect(body['problems']).toEqual([{ field, message: expect.stringContaining(said) }]);
  });

  it('is refused in English to whoever prefers it', async () => {
    const { body } = await api.send('GET', '/api/calculators/deadline?rule=revocation', { headers: { 'accept-language': 'en' } });
    expect(body['problems']).toEqual([{ field: 'conclusionOn', message: expect.stringContaining('counted from this day') }]);
  });
});

describe('working days', () => {
  it('pass over the holidays of the table and say which', async () => {
    const answer = await ask('working-days?from=2026-08-24&days=15&province=37');
    expect(answer).toMatchObject({ result: '2026-09-17', counting: 'next-day', province: '37', forecast: false, workedSaturdays: [] });
    expect((answer['skipped'] as { date: string }[]).map(({ date }) => date)).toEqual(['2026-08-31', '2026-09-01', '2026-09-02']);
  });

  it.each([
    ['from=2026-08-21&days=1', '2026-08-22', ['2026-08-22']],
    ['from=2026-08-24&days=-1', '2026-08-22', ['2026-08-22']],
    ['from=2026-08-24&days=0', '2026-08-24', []],
    ['from=2026-08-24&days=1&counting=same-day', '2026-08-24', []],
  ])('%s', async (query, result, saturdays) => {
    const answer = await ask(`working-days?${query}`);
    expect(answer['result']).toBe(result);
    expect((answer['workedSaturdays'] as { date: string }[]).map(({ date }) => date)).toEqual(saturdays);
  });

  it('beyond the announced holidays are a forecast', async () => {
    expect(await ask('working-days?from=2026-12-20&days=30')).toMatchObject({ forecast: true });
  });

  it.each([
    ['days=5', 'from'],
    ['from=2026-08-24', 'days'],
    ['from=24/08/2026&days=5', 'from'],
    ['from=2026-08-24&days=1001', 'days'],
    ['from=2026-08-24&days=1.5', 'days'],
    ['from=2026-08-24&days=5&province=1', 'province'],
  ])('%s is refused at %s', async (query, field) => {
    const { status, body } = await api.send('GET', `/api/calculators/working-days?${query}`);
    expect(status).toBe(422);
    expect(body['problems']).toEqual([{ field, message: expect.stringMatching(/\S/) }]);
  });
});

describe('the life of a certificate', () => {
  it.each([
    ['2023-09-14', '2026-09-14', '2026-03-18', '2026-05-17', '2027-03-13'],
    ['2023-12-31', '2026-12-31', '2026-07-04', '2026-09-02', null],
    ['2024-02-29', '2027-02-28', '2026-09-01', '2026-10-31', null],
    ['2024-02-04', '2027-02-04', '2026-08-08', '2026-10-07', null],
  ])('issued on %s', async (issuedOn, validUntil, opensOn, closesOn, extended) => {
    const answer = await ask(`validity?issuedOn=${issuedOn}&plan=ninh-binh-2026`);
    expect(answer).toMatchObject({ validUntil, lastValidDay: validUntil, window: { opensOn, closesOn }, regime: 'qd-26-2026' });
    expect(answer['extension']).toEqual(extended === null ? null : { validUntil: extended, source: expect.stringContaining('Điều 12') });
    expect((answer['lastSafeSeason'] as { fileBy: string }).fileBy <= closesOn).toBe(true);
    const days = (answer['nudges'] as { day: string }[]).map(({ day }) => day);
    expect(days).toEqual([...days].sort());
    expect(days.length).toBeGreaterThan(5);
  });

  it('under an earlier regime had no window', async () => {
    expect(await ask('validity?issuedOn=2023-09-14&asOf=2024-01-01&plan=lai-chau-2024')).toMatchObject({
      regime: 'qd-148-2023',
      window: null,
      extension: null,
    });
  });

  it('is refused for a day that does not exist', async () => {
    const { body } = await api.send('GET', '/api/calculators/validity?issuedOn=2023-02-29');
    expect(body['problems']).toEqual([{ field: 'issuedOn', message: expect.stringContaining('YYYY-MM-DD') }]);
  });
});

describe('the award', () => {
  const set = criteria.sets.find((one) => one.set === 4);
  /** A sheet of the set with these many points less than its best. */
  function sheet(member: string, less = 0) {
    let left = less;
    const options = (set?.criteria ?? []).map(({ code, options: offered }): [string, number] => {
      const best = Math.max(...offered);
      const lower = offered.filter((points) => best - points <= left);
      const points = Math.min(...lower);
      left -= best - points;
      return [code, points];
    });
    expect(left).toBe(0);
    return { member, options: Object.fromEntries(options) };
  }
  const award = async (body: object) => await api.send('POST', '/api/calculators/award', { body });

  it('at the top goes on to the national level', async () => {
    const { status, body } = await award({ productSet: 4, sheets: [sheet('a'), sheet('b'), sheet('c')] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sum: 300,
      members: 3,
      mean: '100.00',
      band: 5,
      star: 5,
      route: 'national',
      spread: 0,
      problems: [],
      missedMinimums: [],
    });
    expect((body['steps'] as Step[]).length).toBeGreaterThan(3);
  });

  it('with members too far apart is scored again', async () => {
    const { body } = await award({ productSet: 4, sheets: [sheet('a'), sheet('b', 14)] });
    expect(body).toMatchObject({ spread: 14, star: null, route: 'rescore' });
  });

  it('counts minimums as the question says', async () => {
    const sheets = [sheet('a'), sheet('b'), sheet('c', 10)];
    const missed = async (minimumPolicy: string) =>
      ((await award({ productSet: 4, sheets, minimumPolicy })).body['missedMinimums'] as unknown[]).length;
    expect(await missed('majority')).toBe(0);
    expect(await missed('every')).toBeGreaterThan(0);
  });

  it('says what is wrong in a sheet, with the points to choose from', async () => {
    const { '1.1': _left, ...options } = sheet('a').options;
    const { status, body } = await award({ productSet: 4, sheets: [{ member: 'a', options: { ...options, '99': 1 } }] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sum: null,
      route: null,
      problems: [
        { kind: 'missing-answer', criterion: '1.1' },
        { kind: 'unknown-criterion', criterion: '99' },
      ],
    });
  });

  it.each([
    [{ productSet: 27, sheets: [] }, 'productSet', '26 ('],
    [{ productSet: 4, sheets: [], councilRules: 'none' }, 'councilRules', 'tay-ninh'],
    [{ productSet: 4 }, 'sheets', 'bắt buộc'],
    [{ productSet: 4, sheets: [], minimumPolicy: 'some' }, 'minimumPolicy', 'majority'],
    [{ productSet: 4, sheets: [], points: 1 }, 'points', 'không có trường này'],
  ])('%j is refused', async (body, field, said) => {
    const answer = await award(body);
    expect(answer.status).toBe(422);
    expect(answer.body['problems']).toEqual([{ field, message: expect.stringContaining(said) }]);
  });

  it('is open to everybody with a token, and to nobody without', async () => {
    expect((await api.send('GET', '/api/calculators/validity?issuedOn=2024-02-29', { token: api.tokens.manager })).status).toBe(200);
    expect((await api.send('GET', '/api/calculators/validity?issuedOn=2024-02-29', { token: null })).status).toBe(401);
  });
});
