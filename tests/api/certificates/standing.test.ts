import { certificateHtml, refusalHtml } from '../../../api/certificates/public-page';
import { holds, STANDING_TITLES, standingOn, STANDINGS } from '../../../api/certificates/standing';

const certificate = (more: { status?: string; extendedUntil?: string } = {}) => ({
  status: more.status ?? 'in_force',
  validUntil: new Date('2026-12-20'),
  extendedUntil: more.extendedUntil === undefined ? null : new Date(more.extendedUntil),
});

describe('how a certificate stands on a day', () => {
  it('holds to the end of its last day, and not on the next, whether or not the expiry is recorded yet', () => {
    expect(standingOn('2026-10-21', certificate(), 'in_force')).toBe('in_force');
    expect(standingOn('2026-10-22', certificate(), 'in_force')).toBe('expiring');
    expect(standingOn('2026-12-20', certificate(), 'in_force')).toBe('expiring');
    expect(standingOn('2026-12-21', certificate(), 'in_force')).toBe('expired');
    expect(standingOn('2026-12-01', certificate({ status: 'expired' }), 'ended')).toBe('expired');
  });

  it('says that it is under re-evaluation only while it holds', () => {
    expect(standingOn('2026-11-20', certificate(), 'under_reevaluation')).toBe('under_reevaluation');
    expect(standingOn('2026-12-21', certificate(), 'under_reevaluation')).toBe('expired');
  });

  it('is extended between its own end and the last day of the extension', () => {
    const extended = certificate({ extendedUntil: '2027-06-18' });
    expect(standingOn('2026-12-20', extended, 'in_force')).toBe('in_force');
    expect(standingOn('2026-12-21', extended, 'extended')).toBe('extended');
    expect(standingOn('2027-06-18', extended, 'extended')).toBe('extended');
    expect(standingOn('2027-06-19', extended, 'extended')).toBe('expired');
  });

  it.each(['revoked', 'decision_withdrawn', 'superseded'] as const)('is %s whatever its dates say', (status) => {
    expect(standingOn('2026-01-01', certificate({ status }), 'ended')).toBe(status);
    expect(holds(status)).toBe(false);
  });

  it('has words of its own for every standing', () => {
    expect(new Set(STANDINGS.map((one) => STANDING_TITLES[one].vi)).size).toBe(STANDINGS.length);
  });
});

const VIEW = {
  code: 'NB-1',
  productName: '<script>alert("1")</script> & “Mật ong”',
  place: 'Xã Gia Viễn, tỉnh Ninh Bình',
  star: 4,
  issuedOn: '2026-12-20',
  validUntil: '2029-12-20',
  extendedUntil: null,
  decisionNumber: '<b>900</b>',
  status: 'in_force',
  statusTitle: STANDING_TITLES.in_force,
  holds: true,
  asOf: '2026-12-21',
  endedBy: null,
  supersededBy: null,
  seal: null,
} as const;

describe('the public page', () => {
  it('shows names as text, whatever they hold', () => {
    const html = certificateHtml(VIEW);
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; “Mật ong”');
    expect(refusalHtml(STANDING_TITLES.expired, '"><img src=x>', true)).not.toContain('<img');
  });

  it('shows stars only while the product may carry them, and leads on to the newer certificate', () => {
    expect(certificateHtml(VIEW)).toContain('Sản phẩm OCOP hạng 4 sao');
    const superseded = certificateHtml({
      ...VIEW,
      holds: false,
      status: 'superseded',
      statusTitle: STANDING_TITLES.superseded,
      supersededBy: 'NB-2',
    });
    expect(superseded).toContain('Từng được công nhận hạng 4 sao');
    expect(superseded).toContain('<a href="/c/NB-2">NB-2</a>');
    expect(superseded).toContain('class="status bad"');
  });
});
