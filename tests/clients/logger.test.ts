import { openLogger } from '../../clients/logger';

function linesOf(write: (log: ReturnType<typeof openLogger>) => void): string {
  let written = '';
  write(openLogger('api', 'info', { write: (line) => (written += line) }));
  return written;
}

describe('the log', () => {
  it('writes one JSON object per line with level, time and service', () => {
    const line: unknown = JSON.parse(linesOf((log) => log.info({ cycleId: '10-02881-012-2026.1' }, 'started')));
    expect(line).toMatchObject({ level: 'info', service: 'api', cycleId: '10-02881-012-2026.1', msg: 'started' });
    expect(line).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  it.each([
    ['a name in a field', { person: { name: 'Nguyễn Văn An' } }, 'Nguyễn Văn An'],
    ['an e-mail in a list', { mails: [{ to: 'an@example.vn' }] }, 'an@example.vn'],
    ['a token in a header', { req: { headers: { authorization: 'Bearer abc.def' } } }, 'abc.def'],
    ['a cookie', { headers: { cookie: 'session=secret' } }, 'session=secret'],
    ['an e-mail in a field of another name', { note: 'gửi an@example.vn' }, 'an@example.vn'],
    ['a telephone number in a text', { note: 'gọi 0912345678' }, '0912345678'],
    ['a password in a connection string', { cause: 'postgresql://ocop:s3cret@db/ocop' }, 's3cret'],
  ])('hides %s', (_what, fields, secret) => {
    expect(linesOf((log) => log.warn(fields, 'something happened'))).not.toContain(secret);
  });

  it('hides what an error’s message and stack say, and keeps the rest of them', () => {
    const line = linesOf((log) => log.error(new Error('mail to an@example.vn refused')));
    expect(line).not.toContain('an@example.vn');
    expect(line).toContain('refused');
    expect(line).toContain('logger.test');
  });

  it('keeps ids that look a little like telephone numbers', () => {
    expect(linesOf((log) => log.info({ cycleId: '10-02881-012-2026.1', unit: '02881' }, 'x'))).toContain('10-02881-012-2026.1');
  });
});
