import fc from 'fast-check';
import { addDays } from '../../../domain/dates';
import {
  BUCKETS,
  type Bucket,
  digestOf,
  type Dossier,
  isLateOn,
  MOST_ELSEWHERE,
  MOST_SHOWN,
  sectionsOf,
} from '../../../domain/nudges/lines';
import { digestMail } from '../../../domain/nudges/mail/digest-mail';
import { filled, unknownPlaceholders } from '../../../domain/nudges/mail/template';
import { shippedDigestTemplate } from '../../../plans/mail-templates';
import { CALENDAR } from '../rules-of';

const MONDAY = '2026-10-12';
let numbers = 0;
const dossier = (lastSafeOn: string | null, more: Partial<Dossier> = {}): Dossier => {
  numbers += 1;
  return {
    cycleId: `c-${String(numbers).padStart(4, '0')}`,
    product: `Sản phẩm ${numbers}`,
    producer: 'HTX',
    commune: 'Xã Nam Hồng',
    step: 'commune_review',
    waitingFor: 'commune',
    lastSafeOn,
    stepEnteredOn: '2026-09-21',
    ownTurn: true,
    unassigned: false,
    ...more,
  };
};
const bucketOn = (lastSafeOn: string | null, more: Partial<Dossier> = {}): Bucket | undefined =>
  digestOf(MONDAY, [dossier(lastSafeOn, more)], [], CALENDAR).lines[0]?.bucket;
const reader = { office: 'UBND xã Nam Hồng', province: 'tỉnh Ninh Bình', contact: 'Văn phòng', manyCommunes: false };
const mailOf = (dossiers: Dossier[], language: 'vi' | 'en' = 'vi') =>
  digestMail({
    template: shippedDigestTemplate(),
    digest: digestOf(MONDAY, dossiers, [], CALENDAR),
    reader,
    language,
    publicUrl: 'https://ocop.test',
  });

describe('the buckets', () => {
  it.each([
    ['2026-10-09', 'overdue'],
    ['2026-10-11', 'overdue'],
    ['2026-10-12', 'soon'],
    ['2026-10-15', 'soon'],
    ['2026-10-16', 'coming'],
    [null, 'coming'],
  ])('put a limit on %s under %s when read on Monday 12/10/2026', (on, bucket) => {
    expect(bucketOn(on)).toBe(bucket);
  });

  it('count working days: on a Friday before a long weekend Tuesday is near', () => {
    const friday = digestOf('2026-04-24', [dossier('2026-05-05')], [], CALENDAR).lines[0];
    expect(friday).toMatchObject({ bucket: 'coming', workingDays: 4 });
  });

  it('show what nobody is assigned to, unless it is pressing anyway', () => {
    expect(bucketOn('2026-10-29', { unassigned: true })).toBe('unassigned');
    expect(bucketOn('2026-10-09', { unassigned: true })).toBe('overdue');
  });

  it('keep what is not the reader’s turn apart, however late it is', () => {
    expect(bucketOn('2026-10-01', { ownTurn: false, waitingFor: 'producer' })).toBe('elsewhere');
    const { subject, text, html } = mailOf([dossier('2026-10-01', { ownTurn: false, waitingFor: 'commune' })]);
    expect(`${subject}${text}${html}`).not.toMatch(/quá hạn|quá \d/i);
    expect(text).toContain('Chậm 7 ngày làm việc');
  });
});

describe('a mail', () => {
  it('states true totals and a right “and N more”, whatever the mix: 25 files of each kind', () => {
    const twentyFive = (on: string | null, more: Partial<Dossier> = {}) => Array.from({ length: 25 }, () => dossier(on, more));
    const all = [
      ...twentyFive('2026-10-01'),
      ...twentyFive('2026-10-14'),
      ...twentyFive('2026-10-29'),
      ...twentyFive(null, { unassigned: true, step: 'awaiting_idea_review' }),
      ...twentyFive('2026-10-14', { ownTurn: false, waitingFor: 'producer', step: 'awaiting_dossier' }),
    ];
    const { text, html, subject } = mailOf(all);
    expect(subject).toBe('[OCOP 2026] UBND xã Nam Hồng: 25 hồ sơ quá hạn, 25 hồ sơ còn không quá 3 ngày làm việc');
    expect(text).toContain('đang giữ 100 hồ sơ: 25 quá hạn, 25 còn không quá 3 ngày làm việc, 25 chưa phân công, 25 sắp tới.');
    expect(text.match(/^- /gm)).toHaveLength(MOST_SHOWN + MOST_ELSEWHERE);
    expect(text.match(/và \d+ hồ sơ khác/g)).toEqual(['và 25 hồ sơ khác', 'và 25 hồ sơ khác', 'và 25 hồ sơ khác', 'và 15 hồ sơ khác']);
    expect(html.match(/và \d+ hồ sơ khác/g)).toEqual(text.match(/và \d+ hồ sơ khác/g));
  });

  it('puts the worst first and never loses or doubles a dossier, in any mix', () => {
    const anyDossier = fc
      .tuple(fc.option(fc.integer({ min: -40, max: 60 })), fc.boolean(), fc.boolean())
      .map(([days, ownTurn, unassigned]) =>
        dossier(days === null ? null : addDays(MONDAY, days), { ownTurn, unassigned: ownTurn && unassigned }),
      );
    fc.assert(
      fc.property(fc.array(anyDossier, { maxLength: 80 }), (dossiers) => {
        const digest = digestOf(MONDAY, dossiers, [], CALENDAR);
        const sections = sectionsOf(digest);
        expect(sections.reduce((sum, one) => sum + one.shown.length + one.more, 0)).toBe(dossiers.length);
        expect(Object.values(digest.totals).reduce((a, b) => a + b, 0)).toBe(dossiers.length);
        expect(new Set(digest.lines.map((line) => line.cycleId)).size).toBe(dossiers.length);
        const order = digest.lines.map((line) => BUCKETS.indexOf(line.bucket));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        const overdue = digest.lines.filter((line) => line.bucket === 'overdue').map((line) => line.lastSafeOn);
        expect(overdue).toEqual(overdue.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)));
      }),
    );
  });

  it('escapes everything that comes from the records', () => {
    const { html } = mailOf([dossier('2026-10-09', { product: '<script>alert("x")</script>', producer: "O'Neil & Co" })]);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('O&#39;Neil &amp; Co');
  });

  it('can be had in English, with the same figures', () => {
    const { subject, text } = mailOf([dossier('2026-10-09'), dossier('2026-10-13')], 'en');
    expect(subject).toBe('[OCOP 2026] UBND xã Nam Hồng: 1 dossier overdue, 1 dossier due within 3 working days');
    expect(text).toContain('1 working day overdue, by 09/10/2026');
  });
});

describe('a nudge is late', () => {
  it('when a working day has gone by since the day it was planned for, not when a weekend has', () => {
    expect(isLateOn('2026-10-10', '2026-10-12', CALENDAR)).toBe(false);
    expect(isLateOn('2026-10-12', '2026-10-12', CALENDAR)).toBe(false);
    expect(isLateOn('2026-10-09', '2026-10-12', CALENDAR)).toBe(true);
  });
});

describe('the wording as data', () => {
  it('fills its placeholders and names the unknown', () => {
    const values = { office: 'A', province: 'B', contact: 'C', year: '2026', day: 'D', counts: 'E' };
    expect(filled('{{office}} – {{ year }} – {{nothing}}', values)).toBe('A – 2026 – {{nothing}}');
    expect(unknownPlaceholders('{{office}} {{person}} {{}}')).toEqual(['person', '']);
  });
});
