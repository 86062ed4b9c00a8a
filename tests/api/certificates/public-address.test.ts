/** What anybody may ask of a certificate by its code, or by the sealed code in its picture. */
import { openSeal, seal } from '../../../documents/sealed-code';
import { passingSigningKeys } from '../../../clients/signing-keys';
import { COMMUNE, useApi } from '../support/api';

const api = useApi({ on: '2026-08-03' });

describe('the public address of a certificate', () => {
  const certificate = { stars: 4, issuedOn: '2024-12-20', decisionNumber: '77/QĐ-UBND', issuedBy: 'UBND tỉnh' };
  const imported = async (productName: string, given: object): Promise<string> =>
    await api.register({
      productName,
      producer: { name: 'Hộ bà Nguyễn Thị Bí Mật', phone: '0987654321' },
      productSet: 4,
      kind: 'new',
      communeCode: COMMUNE,
      certificate: { ...certificate, ...given },
    });
  const asked = async (path: string, accept = 'application/json') => await api.send('GET', path, { token: null, headers: { accept } });

  it('tells how it stands: in force, about to expire, expired, extended, revoked with the decision', async () => {
    await imported('Dứa Đồng Giao', { code: 'NB-1' });
    await imported('Khoai Hoàng Long', { code: 'NB-2', issuedOn: '2023-09-25' });
    const revoked = await imported('Mật ong Tam Điệp', { code: 'NB-4' });
    await imported('Chè Ba Trại', { code: 'NB-5', issuedOn: '2023-08-01' });
    const decision = { ground: 'MARK_MISUSE', decisionNumber: '55/QĐ-UBND', reason: 'Dùng sai nhãn hiệu' };
    const { status } = await api.send('POST', `${revoked}/actions/revoke-certificate`, { body: decision, token: api.tokens.province });
    expect(status).toBe(200);
    expect((await asked('/c/NB-1')).body).toMatchObject({ status: 'in_force', holds: true, endedBy: null, asOf: '2026-08-03' });
    expect((await asked('/c/nb-2')).body).toMatchObject({ status: 'expiring', holds: true, validUntil: '2026-09-25' });
    expect((await asked('/c/NB-4')).body).toMatchObject({
      status: 'revoked',
      holds: false,
      endedBy: { number: '55/QĐ-UBND', on: '2026-08-03' },
    });
    expect((await asked('/c/NB-5')).body).toMatchObject({ status: 'extended', holds: true });
    const page = await asked('/c/NB-4', 'text/html');
    expect(page.text).toContain('Đã bị thu hồi');
    expect(page.text).toContain('55/QĐ-UBND ngày 03/08/2026');
    expect(page.text).not.toMatch(/Bí Mật|0987654321/);
  });

  it('gives three plain answers to a forged, an expired and a revoked code', async () => {
    const keys = passingSigningKeys();
    const other = await api.another({ signingKeys: keys });
    const sealed = (code: string): string =>
      seal({ code, star: 4, issuedOn: '2024-12-20', validUntil: '2027-12-20', product: 'Dứa' }, keys);
    await api.database.db.certificate.update({ where: { code: 'NB-2' }, data: { status: 'expired', endedOn: new Date('2026-08-02') } });
    const scanned = async (code: string, seals: string, accept = 'application/json') =>
      await other.send('GET', `/C/${code}/${seals}`, { token: null, headers: { accept } });
    const forged = sealed('NB-1').replace(/^.(.)/, (_all, kept: string) => `Z${kept}`);
    expect(await scanned('NB-1', forged)).toMatchObject({
      status: 404,
      body: { seal: 'forged', detail: expect.stringContaining('làm giả') },
    });
    expect((await scanned('NB-1', forged, 'text/html')).text).toContain('có thể là giấy chứng nhận giả');
    expect(await scanned('NB-1', sealed('NB-4'))).toMatchObject({ status: 404, body: { seal: 'forged' } });
    expect((await scanned('NB-2', sealed('NB-2'))).body).toMatchObject({ seal: 'genuine', status: 'expired', holds: false });
    expect((await scanned('NB-4', sealed('NB-4'))).body).toMatchObject({
      seal: 'genuine',
      status: 'revoked',
      endedBy: { number: '55/QĐ-UBND' },
    });
    expect((await scanned('NB-1', sealed('NB-1'))).body).toMatchObject({ seal: 'genuine', status: 'in_force' });
    expect((await scanned('NB-99', sealed('NB-99'))).body['detail']).toContain('không có trong sổ');
    const published = await other.send('GET', '/api/certificate-keys', { token: null });
    expect(published.body).toMatchObject({
      algorithm: 'Ed25519',
      current: 1,
      keys: [{ id: 1, publicKey: keys.public.get(1)?.export({ format: 'jwk' }).x }],
    });
    expect(openSeal(sealed('NB-1'), keys.public)?.code).toBe('NB-1');
    await other.close();
  });

  it('may be kept for a while, is answered with 304 when unchanged, and loads nothing from elsewhere', async () => {
    const page = await asked('/c/NB-1', 'text/html');
    expect(page.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    const etag = page.headers.get('etag') ?? '';
    expect(
      (
        await api.send('GET', '/c/NB-1', {
          token: null,
          headers: { accept: 'text/html', 'if-none-match': etag, 'cache-control': 'max-age=0' },
        })
      ).status,
    ).toBe(304);
    const unknown = await asked('/c/KHONG-CO', 'text/html');
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain('Không tìm thấy giấy chứng nhận');
  });
});
