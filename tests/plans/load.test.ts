import { lastSafeDay } from '../../domain/deadlines';
import { loadRules } from '../../plans/load';
import { RuleFolder } from './rule-folder';

const rules = loadRules();

function plan(id: string) {
  const found = rules.plans.find((one) => one.id === id);
  if (!found) throw new Error(`no plan ${id}`);
  return found;
}

function regime(code: string) {
  const found = rules.regimes.find((one) => one.code === code);
  if (!found) throw new Error(`no regime ${code}`);
  return found;
}

describe('the shipped rules', () => {
  it('have four regimes in order of time and six plans', () => {
    expect(rules.regimes.map((one) => one.id)).toEqual(['qd-1048-2019', 'qd-148-2023', 'qd-1489-2025', 'qd-26-2026']);
    expect(rules.plans.map((one) => one.id).sort()).toEqual([
      'chiem-hoa-2026',
      'lai-chau-2024',
      'lao-cai-2026',
      'ngoc-hoi-2021-2025',
      'ninh-binh-2026',
      'qd-26-2026',
    ]);
  });

  it('have the council rules, the scoring sets and the units', () => {
    expect(rules.councils.map((one) => one.id)).toEqual(['qd-148-2023', 'qd-26-2026', 'tay-ninh']);
    expect(rules.criteria.sets).toHaveLength(26);
    expect(rules.units).toHaveLength(3355);
    expect(rules.units.find((unit) => unit.code === '02287')).toEqual({
      code: '02287',
      kind: 'commune',
      name: 'Chiêm Hoá',
      fullName: 'Xã Chiêm Hoá',
      provinceCode: '08',
    });
  });

  it('keep the rounds of Decision 26/2026', () => {
    expect(
      regime('R3').procedure.rounds?.value.map(({ level, proposedBefore, concludedBefore }) => [level, proposedBefore, concludedBefore]),
    ).toEqual([
      ['province', '04-30', '06-30'],
      ['province', '10-30', '12-30'],
      ['national', '07-30', '09-30'],
      ['national', '01-30', '03-30'],
    ]);
  });

  it('keep who recognises what, and the marks from which a level forwards', () => {
    const levels = (code: string) => regime(code).procedure.recognises.value.map(({ star, level }) => `${star} ${level}`);
    expect(levels('R0')).toEqual(['3 province', '4 province', '5 national']);
    expect(levels('R1')).toEqual(['3 district', '4 province', '5 national']);
    expect(levels('R2')).toEqual(['3 province', '4 province', '5 national']);
    expect(levels('R3')).toEqual(['3 province', '4 province', '5 national']);
    const marks = (code: string) => regime(code).procedure.forwards.value.map(({ from, atLeast }) => `${from} ${atLeast}`);
    expect(marks('R0')).toEqual(['district 50', 'province 90']);
    expect(marks('R1')).toEqual(['district 70', 'province 90']);
    expect(marks('R3')).toEqual(['province 90']);
  });

  it('keep the points of the parts: 35/25/40 before 2023, 40/25/35 since', () => {
    expect(rules.regimes.map(({ points }) => Object.values(points.value))).toEqual([
      [35, 25, 40],
      [40, 25, 35],
      [40, 25, 35],
      [40, 25, 35],
    ]);
  });

  it('keep the limits that only Decision 26/2026 has', () => {
    const { procedure } = regime('R3');
    expect(procedure.communeLimit?.value).toEqual({ workingDays: 15 });
    expect(procedure.reevaluationWindow?.value).toEqual({ opensDaysBefore: 180, closesDaysBefore: 120 });
    expect(procedure.reevaluationLimit?.value).toEqual({ days: 45 });
    expect(procedure.revocationLimit?.value).toEqual({ days: 15 });
    expect(procedure.extension?.value).toEqual({ onlyExpiringBefore: '2026-09-19', maxDays: 180 });
    expect(procedure.revocationGrounds.value).toHaveLength(6);
    for (const code of ['R0', 'R1', 'R2']) {
      const earlier = regime(code).procedure;
      expect([earlier.communeLimit, earlier.rounds, earlier.reevaluationWindow, earlier.extension]).toEqual([null, null, null, null]);
    }
  });

  it('say of every parameter where it stands, and call our own settings unverified', () => {
    for (const { procedure } of rules.regimes)
      for (const parameter of Object.values(procedure))
        if (parameter) expect(parameter.source === 'Mặc định của hệ thống' && parameter.certainty === 'primary').toBe(false);
    expect(regime('R3').procedure.supplementStopsClock).toMatchObject({ value: true, certainty: 'unverified' });
    expect(regime('R3').procedure.counting).toMatchObject({ value: 'next-day', certainty: 'unverified' });
  });

  it('keep the windows of Ninh Bình as written, months whole', () => {
    expect(
      plan('ninh-binh-2026')
        .windows.filter(({ closes }) => closes)
        .map(({ stage, opensOn, closes }) => [stage, opensOn, closes]),
    ).toEqual([
      ['commune_assessment', '2026-09-01', { date: '2026-10-31', operator: 'on_or_before' }],
      ['provincial_scoring', '2026-11-01', { date: '2026-12-31', operator: 'on_or_before' }],
    ]);
  });

  it('keep "trước ngày" of Lai Châu: the last safe days are 29/10 and 29/11/2024', () => {
    const closes = plan('lai-chau-2024').windows.flatMap((window) => (window.closes ? [window.closes] : []));
    expect(closes.map(lastSafeDay)).toEqual(['2024-10-29', '2024-11-29']);
  });

  it('keep what only Ninh Bình says below 50 points and after expiry', () => {
    expect(plan('ninh-binh-2026').belowFifty).toMatchObject({ returnsDossier: true, resubmit: 'following-year', line: 105 });
    expect(rules.plans.filter((one) => one.belowFifty).map((one) => one.id)).toEqual(['ninh-binh-2026']);
    expect(plan('ninh-binh-2026').nudges).toMatchObject([{ on: { deadline: 'certificate-expiry' }, offset: { days: 1 } }]);
  });

  it('keep the two offices of Ninh Bình apart', () => {
    expect(plan('ninh-binh-2026').intakeOffice?.name).toBe('Văn phòng Điều phối nông thôn mới tỉnh');
    expect(plan('ninh-binh-2026').reportOffice?.name).toBe('Sở Nông nghiệp và Môi trường');
  });

  it('keep an inconsistent target of Ngọc Hồi as two, with a note', () => {
    const targets = plan('ngoc-hoi-2021-2025').targets.filter(({ line }) => line === 33);
    expect(targets.map(({ min }) => min)).toEqual([5, 10]);
    expect(targets[1]?.note).toContain('Mâu thuẫn');
  });

  it('keep the only report dates that a plan gives', () => {
    const dated = rules.plans.flatMap((one) => one.reports.filter(({ due }) => due).map(({ cadence, due }) => [one.id, cadence, due]));
    expect(dated).toEqual([
      ['ngoc-hoi-2021-2025', 'monthly', { day: 20, month: null, operator: 'before' }],
      ['ngoc-hoi-2021-2025', 'quarterly', { day: 20, month: null, operator: 'before' }],
      ['ngoc-hoi-2021-2025', 'yearly', { day: 10, month: 12, operator: 'before' }],
    ]);
  });

  it('name the units of the plans’ issuers by today’s codes', () => {
    expect(Object.fromEntries(rules.plans.map(({ id, issuer }) => [id, [issuer.provinceCode, issuer.communeCode]]))).toEqual({
      'chiem-hoa-2026': ['08', '02287'],
      'lai-chau-2024': ['12', null],
      'lao-cai-2026': ['15', null],
      'ngoc-hoi-2021-2025': ['51', null],
      'ninh-binh-2026': ['37', null],
      'qd-26-2026': [null, null],
    });
  });

  it('load in less than 300 ms of computing once the files are in the cache', () => {
    const spent = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      loadRules();
      return process.cpuUsage(before).user / 1000;
    });
    expect(Math.min(...spent)).toBeLessThan(300);
  });
});

describe('the shipped nudge rules', () => {
  const at = (subject: string, to: string) =>
    rules.nudges
      .filter(({ on, to: recipient }) => recipient === to && ('deadline' in on ? on.deadline : on.step) === subject)
      .map(({ offset }) => offset.days);

  it('climb from the commune’s officer to the provincial leadership when its 15 working days are over', () => {
    expect(at('commune-assessment', 'commune_officer')).toEqual([-5, -2, 1]);
    expect(at('commune-assessment', 'commune_leadership')).toEqual([-1, 3]);
    expect(at('commune-assessment', 'provincial_officer')).toEqual([5]);
    expect(at('commune-assessment', 'provincial_leadership')).toEqual([10]);
  });

  it('warn of a certificate’s end at T-240, T-200, T-30, T-0 and after', () => {
    // The window opens at T-180.
    expect(at('reevaluation-window-opens', 'commune_officer')).toEqual([-60, -20]);
    expect(at('certificate-expiry', 'commune_officer')).toEqual([-30, 0, 1]);
  });

  it('warn of an older certificate’s end while a result is pending nationally, the leadership too', () => {
    expect(at('older-certificate-expiry', 'provincial_officer')).toEqual([-120, -60]);
    expect(at('older-certificate-expiry', 'provincial_leadership')).toEqual([-60, -14]);
  });

  it('count down the re-evaluation window to T-150, T-130 and the last call at T-121', () => {
    expect([...at('reevaluation-window-closes', 'commune_officer'), ...at('reevaluation-window-closes', 'commune_leadership')]).toEqual([
      -30, -1, -10, -1,
    ]);
    expect(at('reevaluation_window', 'commune_officer')).toEqual([0]);
  });

  it.each(['awaiting_decision', 'awaiting_certificate', 'awaiting_publication', 'awaiting_rejection_notice'])(
    'ask for a result that is not out: %s',
    (step) => {
      expect(at(step, 'provincial_officer')).toEqual([5]);
      expect(at(step, 'provincial_leadership')).toEqual([10]);
    },
  );

  it('each cite an article or call themselves our default', () => {
    for (const { source } of rules.nudges) expect(source).toMatch(/Mặc định của hệ thống|Quyết định|Kế hoạch/);
  });
});

describe('a new rule file', () => {
  let folder: RuleFolder;
  beforeEach(() => {
    folder = new RuleFolder();
  });
  afterEach(() => folder.remove());

  it('is an additional plan without any code', () => {
    const next = folder
      .read('plans/ninh-binh-2026.json')
      .replaceAll('ninh-binh-2026', 'ninh-binh-2027')
      .replace(/"nudges": \[[\s\S]*\]/, '"nudges": []');
    folder.write('plans/ninh-binh-2027.json', next);
    expect(folder.problems()).toEqual([]);
    expect(loadRules(folder.root).plans.map((one) => one.id)).toContain('ninh-binh-2027');
  });

  it('is an additional regime without any code, which a plan may cite', () => {
    const next = folder
      .read('plans/regimes/qd-26-2026.json')
      .replace('"id": "qd-26-2026"', '"id": "qd-99-2030"')
      .replace('"code": "R3"', '"code": "R4"')
      .replaceAll('"2026-05-22"', '"2030-01-01"');
    folder.write('plans/regimes/qd-99-2030.json', next);
    folder.replace('plans/lao-cai-2026.json', '"regime": "qd-1489-2025"', '"regime": "qd-99-2030"');
    expect(folder.problems()).toEqual([]);
    expect(loadRules(folder.root).regimes.at(-1)?.code).toBe('R4');
  });
});
