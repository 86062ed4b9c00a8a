import { isGenuine, webhookSignature } from '../../clients/webhook';

const SECRET = 'a-secret-of-the-tests';
const body = '{"type":"digest"}';
const at = 1_791_770_400;
const received = (more: object = {}) => ({ timestamp: String(at), signature: webhookSignature(SECRET, at, body), body, ...more });

describe('a receiver of the second channel', () => {
  it('takes what was signed with the shared secret within five minutes', () => {
    expect(isGenuine(SECRET, received(), at)).toBe(true);
    expect(isGenuine(SECRET, received(), at + 300)).toBe(true);
  });

  it.each([
    ['a replayed one', received(), at + 301],
    ['one from the future', received(), at - 301],
    ['a changed body', received({ body: '{"type":"other"}' }), at],
    ['a changed time', received({ timestamp: String(at + 1) }), at],
    ['no time', received({ timestamp: 'now' }), at],
    ['another secret', received({ signature: webhookSignature('another-secret-of-tests', at, body) }), at],
    ['no signature', received({ signature: '' }), at],
  ])('refuses %s', (_what, given, now) => {
    expect(isGenuine(SECRET, given, now)).toBe(false);
  });
});
