import { deliveryOf } from '../../clients/mail';

test.each([
  [
    { responseCode: 550, response: '550 5.1.1 No such user an@x.vn', command: 'RCPT TO' },
    { kind: 'address-refused', answer: '550 5.1.1' },
  ],
  [
    { responseCode: 553, response: '553 mailbox name not allowed', command: 'RCPT TO' },
    { kind: 'address-refused', answer: '553' },
  ],
  [
    { responseCode: 550, response: '550-5.1.1 unknown', command: 'DATA' },
    { kind: 'address-refused', answer: '550 5.1.1' },
  ],
  [
    { responseCode: 554, response: '554 5.7.1 spam', command: 'DATA' },
    { kind: 'mail-refused', answer: '554 5.7.1' },
  ],
  [
    { responseCode: 451, response: '451 4.7.1 greylisted', command: 'RCPT TO' },
    { kind: 'deferred', answer: '451 4.7.1' },
  ],
  [
    { responseCode: 421, response: '421 4.3.2 closing', command: 'RCPT TO' },
    { kind: 'unreachable', answer: '421 4.3.2' },
  ],
  [
    { responseCode: 535, response: '535 5.7.8 wrong password', command: 'AUTH PLAIN', code: 'EAUTH' },
    { kind: 'unreachable', answer: '535 5.7.8' },
  ],
  [
    { responseCode: 550, response: '550 5.7.1 sender refused', command: 'MAIL FROM' },
    { kind: 'unreachable', answer: '550 5.7.1' },
  ],
  [
    { code: 'ECONNREFUSED', command: 'CONN' },
    { kind: 'unreachable', answer: 'ECONNREFUSED' },
  ],
  [
    { code: 'ETIMEDOUT', command: 'DATA' },
    { kind: 'uncertain', answer: 'ETIMEDOUT' },
  ],
  [
    { code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'SOCKET_TIMEOUT' },
    { kind: 'uncertain', answer: 'ETIMEDOUT' },
  ],
  [
    { code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'GREETING_TIMEOUT' },
    { kind: 'unreachable', answer: 'ETIMEDOUT' },
  ],
  [{ code: 'EENVELOPE' }, { kind: 'address-refused', answer: 'EENVELOPE' }],
])('the server’s word %j means %j, without the text that may quote the address', (error, delivery) => {
  expect(deliveryOf(Object.assign(new Error('…'), error))).toEqual(delivery);
});
