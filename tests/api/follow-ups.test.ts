/** Tasks that a plan attaches to events, inspections and what they open, and an older certificate while a result is pending nationally, over HTTP. */
import { eventually } from '../support/eventually';
import { COMMUNE, useApi } from './support/api';
import { type Era, useTravel } from './support/travel';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-08-03' });
const travel = useTravel(api);
let era: Era;
beforeAll(async () => {
  era = await travel.era('2026-08-03');
});

const FULL_REPORT = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };
let products = 0;
const product = (more: object = {}) => {
  products += 1;
  const producer = { name: 'HTX Tam Điệp' };
  return { productName: `Dứa số ${products}`, producer, productSet: 1, kind: 'new', communeCode: COMMUNE, ...more };
};
const idOf = (path: string): string => String(path.split('/').at(-1));

interface Task {
  id: string;
  kind: string;
  status: string;
  title: { vi: string };
}

async function tasks(path: string, status = 'open', who: keyof typeof api.tokens = 'province'): Promise<Task[]> {
  const { body } = await api.send('GET', `/api/tasks?cycle=${idOf(path)}&status=${status}`, { token: api.tokens[who] });
  return body['items'] as Task[];
}

describe('tasks from a plan', () => {
  it('Ninh Bình: an accepted idea asks for an officer and for support needs, each with its line of the plan, its date and a reminder', async () => {
    const path = await era.register(product());
    await era.does(path, 'commune', 'accept-idea');
    expect(await tasks(path)).toMatchObject([
      {
        kind: 'officer',
        office: 'province',
        dueOn: '2026-08-10',
        owner: 'Văn phòng Điều phối nông thôn mới tỉnh',
        source: { line: 89, quote: 'Phân công cán bộ chuyên môn theo dõi', due: expect.stringContaining('kế hoạch không ghi ngày') },
        status: 'open',
      },
      // Saturday 22/08 is worked in lieu.
      { kind: 'support', dueOn: '2026-08-28' },
    ]);
    const ledger = await api.send('GET', `/api/nudges?cycle=${idOf(path)}&limit=200`, { token: api.tokens.province });
    expect(ledger.body['items']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'ninh-binh-2026/officer/new', plannedFor: '2026-08-03', recipient: 'provincial_officer' }),
        expect.objectContaining({ rule: 'ninh-binh-2026/officer/overdue-leadership', plannedFor: '2026-08-11' }),
      ]),
    );
  });

  it('Lào Cai: recognition opens support under Resolution 21/2025/NQ-HĐND and the logo', async () => {
    const path = await era.register(product({ plan: 'lao-cai-2026', communeCode: '02680' }));
    await era.does(path, 'administrator', 'accept-idea');
    await era.does(path, 'administrator', 'submit-dossier');
    await era.does(path, 'administrator', 'issue-commune-report', FULL_REPORT);
    await era.does(path, 'administrator', 'accept-package');
    await era.does(path, 'administrator', 'record-advisory-report');
    await era.does(path, 'administrator', 'record-council-result', { sum: 209, members: 3 });
    expect(await tasks(path, 'open', 'administrator')).toEqual([]);
    await era.does(path, 'administrator', 'decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 3 });
    const open = await tasks(path, 'open', 'administrator');
    expect(open.map(({ title }) => title.vi)).toEqual(
      expect.arrayContaining(['Hỗ trợ theo Nghị quyết 21/2025/NQ-HĐND', 'Hỗ trợ bổ sung Logo OCOP trên bao bì']),
    );
  });

  it('are recorded as done once, by whose they are, with who and on what paper', async () => {
    const path = await era.register(product());
    await era.does(path, 'commune', 'accept-idea');
    const [, support] = await tasks(path);
    const done = async (who: keyof typeof api.tokens, body: object = {}) =>
      await api.send('POST', `/api/tasks/${support?.id ?? ''}/done`, { body, token: api.tokens[who] });
    expect((await done('commune')).status).toBe(403);
    expect((await done('otherProvince')).status).toBe(404);
    expect((await done('province', { on: '2026-08-01' })).body['problems']).toMatchObject([{ field: 'on' }]);
    expect((await done('province', { notNeeded: true })).body['problems']).toMatchObject([{ field: 'reason' }]);
    const answer = await done('province', { sourceDocument: '31/BC-VPĐP', reason: 'Cần tem và bao bì' });
    expect(answer.body).toMatchObject({
      status: 'done',
      doneOn: '2026-08-03',
      doneBy: { office: '37' },
      document: '31/BC-VPĐP',
      note: 'Cần tem và bao bì',
    });
    expect((await done('province')).body).toMatchObject({ type: '/problems/not-allowed-now' });
    expect((await tasks(path)).map(({ kind }) => kind)).toEqual(['officer']);
  });

  it('an officer’s task is done when the officer is named; the end of the cycle lets what was open lapse', async () => {
    const path = await era.register(product());
    await era.does(path, 'commune', 'accept-idea');
    await api.database.db.person.create({ data: { id: 'binh', officeCode: '37', name: 'Trần Thị Bình', role: 'provincial_officer' } });
    await era.does(path, 'province', 'assign-officer', { side: 'province', officerId: 'binh' });
    expect(await tasks(path, 'done')).toMatchObject([{ kind: 'officer', doneBy: { office: '37' } }]);
    await era.does(path, 'commune', 'withdraw', { reason: 'Chủ thể ngừng sản xuất' });
    expect(await tasks(path)).toEqual([]);
    expect(await tasks(path, 'lapsed')).toMatchObject([{ kind: 'support' }]);
  });
});

describe('inspections', () => {
  it('leave a register; what must be remedied has its own day, and a violation opens the 15 days', async () => {
    const certificate = { stars: 3, issuedOn: '2025-12-20', decisionNumber: '7/QĐ-UBND', issuedBy: 'UBND tỉnh' };
    const path = await era.register(product({ certificate }));
    await era.does(path, 'commune', 'record-inspection', { kind: 'periodic', finding: 'compliant', sourceDocument: '3/BB' });
    const remedied = { kind: 'ad-hoc', finding: 'remediation', remedyBy: '2026-09-15', reason: 'Nhãn thiếu mã truy xuất nguồn gốc' };
    expect(await era.does(path, 'province', 'record-inspection', remedied)).toMatchObject({
      step: 'remediation',
      waitingFor: 'producer',
      due: { kind: 'remediation', date: '2026-09-15' },
    });
    const violation = { kind: 'ad-hoc', finding: 'violation', ground: 'MARK_MISUSE', reason: 'Dùng logo 5 sao' };
    expect(await era.does(path, 'province', 'record-inspection', violation)).toMatchObject({
      step: 'revocation_pending',
      due: { date: '2026-08-18' },
    });
    expect((await era.refuses(path, 'commune', 'record-inspection', { kind: 'ad-hoc', finding: 'compliant' })).status).toBe(422);
    const register = await api.send('GET', `/api/inspections?cycle=${idOf(path)}`, { token: api.tokens.commune });
    const found = (register.body['items'] as { finding: string; note: string | null; sourceDocument: string | null }[]).toReversed();
    expect(found.map(({ finding, note, sourceDocument }) => [finding, note, sourceDocument])).toEqual([
      ['compliant', null, '3/BB'],
      ['remediation', 'Nhãn thiếu mã truy xuất nguồn gốc', null],
      ['violation', 'Dùng logo 5 sao', null],
    ]);
    expect(register.body['items']).toMatchObject([
      { waits: 'revocation', decideBy: '2026-08-18', followedBy: null },
      { remedyBy: '2026-09-15', waits: null, followedBy: { on: '2026-08-03', finding: 'violation' } },
      { finding: 'compliant', followedBy: { finding: 'remediation' } },
    ]);
    const violations = await api.send('GET', '/api/inspections?finding=violation', { token: api.tokens.otherCommune });
    expect(violations.body['items']).toEqual([]);
  });
});

describe('what an inspection waits for', () => {
  it('is a remedy until its day, overdue after it, and nothing once the next inspection finds it done', async () => {
    const certificate = { stars: 3, issuedOn: '2025-12-20', decisionNumber: '7/QĐ-UBND', issuedBy: 'UBND tỉnh' };
    const path = await era.register(product({ certificate }));
    const remedied = { kind: 'periodic', finding: 'remediation', remedyBy: '2026-08-20' };
    await era.does(path, 'commune', 'record-inspection', remedied);
    const waiting = async (at: Era, waits: string) => {
      const { body } = await at.send('GET', `/api/inspections?cycle=${idOf(path)}&waits=${waits}`, { token: api.tokens.commune });
      return (body['items'] as object[]).length;
    };
    const later = await travel.era('2026-08-21');
    expect([await waiting(era, 'remedy'), await waiting(era, 'remedy-overdue')]).toEqual([1, 0]);
    expect([await waiting(later, 'remedy'), await waiting(later, 'remedy-overdue')]).toEqual([0, 1]);
    await era.does(path, 'commune', 'record-inspection', { kind: 'ad-hoc', finding: 'compliant', sourceDocument: '9/BB' });
    expect([await waiting(later, 'remedy'), await waiting(later, 'remedy-overdue')]).toEqual([0, 0]);
  });
});

describe('a recall of the product', () => {
  it('needs a reason, stands in the history with who and which office, and leaves the certificate in force', async () => {
    const certificate = { stars: 3, issuedOn: '2025-12-20', decisionNumber: '7/QĐ-UBND', issuedBy: 'UBND tỉnh', code: 'RC-1' };
    const path = await era.register(product({ certificate }));
    expect((await era.refuses(path, 'province', 'recall-product', {})).body['problems']).toMatchObject([{ field: 'reason' }]);
    const recalled = await era.does(path, 'province', 'recall-product', {
      reason: 'Mẫu không đạt an toàn thực phẩm',
      sourceDocument: '5/QĐ-SYT',
    });
    expect(recalled).toMatchObject({ stage: 'validity', step: 'in_force', outcome: null });
    const { body } = await api.send('GET', `${path}/events?limit=200`, { token: api.tokens.province });
    expect((body['items'] as object[]).at(-1)).toMatchObject({
      name: 'recall-product',
      note: 'Mẫu không đạt an toàn thực phẩm',
      sourceDocument: '5/QĐ-SYT',
      actor: { role: 'provincial_staff', office: '37' },
    });
    const open = await api.send('GET', '/c/RC-1', { token: null, headers: { accept: 'application/json' } });
    expect(open.body).toMatchObject({ status: 'in_force' });
  });
});

describe('an older certificate while the result is pending nationally', () => {
  it('is shown with its days and the result’s, and the province is reminded in time', async () => {
    const certificate = { stars: 4, issuedOn: '2024-01-15', decisionNumber: '8/QĐ-UBND', issuedBy: 'UBND tỉnh', code: 'OLD-1' };
    const old = await era.register(product({ certificate }));
    const productCode = idOf(old).replace(/\.1$/, '');
    const path = await era.register({ kind: 'upgrade', predecessor: { productCode }, productSet: 1 });
    await era.does(path, 'commune', 'submit-dossier');
    await era.does(path, 'commune', 'issue-commune-report', FULL_REPORT);
    await era.does(path, 'province', 'accept-package');
    await era.does(path, 'secretary', 'record-advisory-report');
    await era.does(path, 'secretary', 'record-council-result', { sum: 276, members: 3 });
    const none = await api.send('GET', '/api/alerts/older-certificates', { token: api.tokens.province });
    expect(none.body['items']).toEqual([]);
    await era.does(path, 'province', 'decide', { decisionNumber: '900/QĐ-UBND', result: 'approve-and-forward' });
    const alerts = await api.send('GET', '/api/alerts/older-certificates', { token: api.tokens.commune });
    expect(alerts.body['items']).toMatchObject([
      {
        certificate: 'OLD-1',
        endsOn: '2027-01-15',
        daysLeft: 165,
        pendingCycleId: idOf(path),
        pendingStep: 'awaiting_national_result',
        resultBy: '2027-03-29',
        endsFirst: true,
      },
    ]);
    await travel.moveTo(idOf(path), '2026-11-20');
    await eventually(async () => {
      const { body } = await api.send('GET', `/api/nudges?cycle=${idOf(path)}&limit=200`, { token: api.tokens.province });
      const rules = (body['items'] as { rule: string; plannedFor: string }[]).map(({ rule, plannedFor }) => `${rule} ${plannedFor}`);
      expect(rules).toEqual(
        expect.arrayContaining(['older-certificate-120-days 2026-09-17', 'older-certificate-60-days-leadership 2026-11-16']),
      );
    });
  });
});

describe('re-evaluations prepared at T-200', () => {
  const certificate = (code: string, issuedOn: string) => ({
    stars: 3,
    issuedOn,
    decisionNumber: '9/QĐ-UBND',
    issuedBy: 'UBND tỉnh',
    code,
  });
  const confirm = async (path: string, body: object = {}, who: keyof typeof api.tokens = 'commune') =>
    await era.send('POST', `/api/renewals/${idOf(path)}/confirm`, { body, token: api.tokens[who] });

  it('are not there before, are the commune’s own, and are confirmed once, as an upgrade where the producer wants one', async () => {
    const early = await era.register(product({ certificate: certificate('RN-0', '2024-12-20') }));
    expect((await confirm(early)).body).toMatchObject({ type: '/problems/not-allowed-now', detail: expect.stringContaining('200 ngày') });
    // Ends on 10/02/2027: T-200 is 25/07/2026.
    const path = await era.register(product({ certificate: certificate('RN-1', '2024-02-10') }));
    const mine = await api.send('GET', '/api/renewals?status=open', { token: api.tokens.commune });
    expect(mine.body['items']).toMatchObject([
      { cycleId: idOf(path), preparedOn: '2026-08-03', window: { opensOn: '2026-08-14', closesOn: '2026-10-13' }, status: 'open' },
    ]);
    const others = await api.send('GET', '/api/renewals', { token: api.tokens.otherCommune });
    expect(others.body['items']).toEqual([]);
    expect((await confirm(path, {}, 'otherCommune')).status).toBe(404);
    const started = await confirm(path, { kind: 'upgrade' });
    expect(started.body).toMatchObject({ kind: 'upgrade', step: 'awaiting_dossier', predecessor: { cycleId: idOf(path) } });
    await eventually(async () => expect((await confirm(path)).body).toMatchObject({ type: '/problems/already-exists' }));
  });

  it('that the producer does not want are recorded with the reason, and may still be confirmed', async () => {
    const path = await era.register(product({ certificate: certificate('RN-2', '2024-02-11') }));
    expect((await era.refuses(path, 'commune', 'decline-renewal', {})).body['problems']).toMatchObject([{ field: 'reason' }]);
    const declined = await era.does(path, 'commune', 'decline-renewal', { reason: 'Hợp tác xã giải thể' });
    expect(declined).toMatchObject({ step: 'in_force', waitingFor: null });
    const list = await api.send('GET', '/api/renewals?status=declined', { token: api.tokens.province });
    expect(list.body['items']).toMatchObject([{ cycleId: idOf(path), declinedOn: '2026-08-03' }]);
    expect((await confirm(path, {}, 'province')).body).toMatchObject({ kind: 'reevaluation' });
    await eventually(async () => {
      const { body } = await api.send('GET', '/api/renewals?status=started', { token: api.tokens.province });
      expect((body['items'] as { cycleId: string }[]).map(({ cycleId }) => cycleId)).toContain(idOf(path));
    });
  });
});
