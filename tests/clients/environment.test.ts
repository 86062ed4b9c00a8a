import { EnvironmentProblem, readEnvironment } from '../../clients/environment';

function problemsOf(env: NodeJS.ProcessEnv, required: Parameters<typeof readEnvironment>[1] = []): string[] {
  try {
    readEnvironment(env, required);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentProblem)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
}

describe('the settings', () => {
  it('need nothing to be set: then everything is embedded, on this machine only', () => {
    expect(readEnvironment({})).toEqual({
      databaseUrl: undefined,
      databaseConnections: 8,
      temporal: { address: undefined, namespace: 'default', tls: undefined, apiKey: undefined },
      smtpUrl: undefined,
      mailFrom: 'OCOP <ocop@localhost>',
      mailPerSecond: 20,
      webhook: undefined,
      openId: undefined,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: '.ocop',
      mailFolder: undefined,
      embeddedPorts: { temporal: undefined, temporalUi: undefined, mail: undefined },
      adminToken: undefined,
      clockOffsetDays: 0,
      logLevel: 'info',
    });
  });

  it('treat an empty variable as unset', () => {
    expect(readEnvironment({ DATABASE_URL: '', PORT: ' ' })).toEqual(readEnvironment({}));
  });

  it('name every unusable variable at once, in Vietnamese first', () => {
    const env = {
      DATABASE_URL: 'mysql://somewhere/else',
      TEMPORAL_ADDRESS: 'temporal.example.vn',
      SMTP_URL: 'http://mail.example.vn',
      PORT: '70000',
      OCOP_ADMIN_TOKEN: 'short',
      OCOP_LOG_LEVEL: 'loud',
      TEMPORAL_TLS: 'maybe',
      TEMPORAL_TLS_CLIENT_CERT_PATH: '/etc/ocop/client.pem',
    };
    expect(problemsOf(env).toSorted()).toEqual([...Object.keys(env).slice(0, 7), 'TEMPORAL_TLS_CLIENT_KEY_PATH'].toSorted());
    expect(() => readEnvironment(env)).toThrow(
      /^Cấu hình chưa đúng[^]*- PORT: phải là số nguyên từ 1 đến 65535\n {2}must be a whole number/,
    );
  });

  it('never repeat a secret in the message', () => {
    expect(() => readEnvironment({ OCOP_ADMIN_TOKEN: 'my secret' })).toThrow(expect.not.stringContaining('my secret'));
  });

  it.each(['0', '65536', '3000.5', '-1', '3e3', '0x10', 'abc'])('refuse %s as a port', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT']);
  });

  it.each(['127.0.0.1:7233', 'temporal.example.vn:7233', '[::1]:7233'])('take %s as the address of Temporal', (address) => {
    expect(readEnvironment({ TEMPORAL_ADDRESS: address }).temporal.address).toBe(address);
  });

  it('say which services a process of its own cannot do without', () => {
    expect(problemsOf({ PORT: 'x' }, ['DATABASE_URL', 'TEMPORAL_ADDRESS'])).toEqual(['PORT', 'DATABASE_URL', 'TEMPORAL_ADDRESS']);
  });

  it('switch TLS on when a key for the service is given, unless it is switched off', () => {
    expect(readEnvironment({ TEMPORAL_API_KEY: 'k' }).temporal.tls).toBeDefined();
    expect(readEnvironment({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }).temporal.tls).toBeUndefined();
    expect(readEnvironment({ TEMPORAL_TLS: 'true' }).temporal.tls).toBeDefined();
  });

  it('refuse a shifted clock in production and nowhere else', () => {
    expect(readEnvironment({ OCOP_CLOCK_OFFSET_DAYS: '-700' }).clockOffsetDays).toBe(-700);
    expect(problemsOf({ NODE_ENV: 'production', OCOP_CLOCK_OFFSET_DAYS: '-700' })).toEqual(['OCOP_CLOCK_OFFSET_DAYS']);
    expect(problemsOf({ NODE_ENV: 'production', OCOP_CLOCK_OFFSET_DAYS: '0' })).toEqual([]);
    expect(problemsOf({ OCOP_CLOCK_OFFSET_DAYS: '1.5' })).toEqual(['OCOP_CLOCK_OFFSET_DAYS']);
  });
});
