/** A small report by hand, for what is made of reports. */
import type { CycleLine, Report } from '../../rehearsal/report/report';

export function cycleLine(more: Partial<CycleLine> = {}): CycleLine {
  return {
    cycleId: '37-14329-001-2026.1',
    product: 'Mật ong',
    producer: 'Hợp tác xã số 1',
    commune: 'Xã Nam Hồng',
    kind: 'new',
    registeredOn: '2026-08-03',
    stage: 'closed',
    step: 'ended',
    outcome: 'expired',
    star: 4,
    validUntil: '2029-12-20',
    lastOn: '2029-12-21',
    ...more,
  };
}

export function aReport(more: Partial<Report> = {}): Report {
  const text = (vi: string): { vi: string; en: string } => ({ vi, en: vi });
  return {
    schema: 1,
    plan: { id: 'ninh-binh-2026', version: 1, title: text('Kế hoạch Ninh Bình'), provinceCode: '37' },
    changes: [],
    placed: false,
    behaviour: { id: 'punctual', title: text('Đúng hạn'), description: text('Mọi bên trả lời sớm.') },
    seed: '1',
    from: '2026-07-01',
    to: '2030-09-01',
    contacts: 'invented',
    lists: {},
    totals: { cycles: 1, products: 1, communes: 1, events: 20, certificates: 1 },
    ends: [{ key: 'expired', title: text('Hết thời hạn'), count: 1 }],
    cycles: [cycleLine()],
    mails: {
      total: 3,
      days: [
        { day: '2026-09-08', mails: 2, nudges: 4 },
        { day: '2029-06-11', mails: 1, nudges: 1 },
      ],
      peaks: [{ day: '2026-09-08', mails: 2, nudges: 4 }],
      readers: [],
    },
    nudges: { total: 5, rules: [], silences: [] },
    stages: [
      {
        stage: 'commune_assessment',
        visits: 3,
        inTime: 2,
        late: 1,
        withoutLimit: 0,
        endedHere: 0,
        waiting: 0,
        stuck: 0,
        reasons: [{ result: 'late', step: 'commune_review', waitingFor: 'commune', count: 1 }],
      },
    ],
    cannotMeet: [],
    lapses: [],
    unreachable: [],
    onDaysOff: [],
    targets: [{ id: 'recognised', title: text('Ít nhất 40 sản phẩm'), wanted: '≥ 40', reached: 1, met: false }],
    refusedActs: [],
    checks: [{ id: 'mails-captured', title: text('Thư'), said: 3, found: 3, ok: true }],
    ...more,
  };
}
