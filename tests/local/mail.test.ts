import { readFile } from 'node:fs/promises';
import { openMailer } from '../../clients/mail';
import { startMail } from '../../local/mail';
import { useFolder } from './folders';

const folder = useFolder();

describe('captured mail', () => {
  it('keeps every mail that was sent as a file, in order, and none is lost when many come at once', async () => {
    const mail = await startMail({ dir: folder.path('mail') });
    const mailer = openMailer(mail.smtpUrl, 'OCOP <ocop@example.vn>');
    await mailer.send({ to: 'can-bo@example.vn', subject: 'Nhắc việc', text: 'Hồ sơ 10-02881-012 sắp đến hạn.' });
    await mailer.send({ to: 'can-bo@example.vn', subject: 'Second', text: 'Second mail' });
    const subjects = async (): Promise<string[]> =>
      await Promise.all(
        (await mail.list()).map(async (file) => /^Subject: (.*)$/m.exec(await readFile(file, 'utf8'))?.[1]?.trim() ?? 'none'),
      );
    expect(await subjects()).toEqual([expect.stringMatching(/^=\?UTF-8\?/), 'Second']);
    const numbers = Array.from({ length: 20 }, (_, index) => `Many ${index}`);
    await Promise.all(numbers.map(async (subject) => await mailer.send({ to: 'can-bo@example.vn', subject, text: subject })));
    expect((await subjects()).slice(2).toSorted()).toEqual(numbers.toSorted());
    mailer.close();
    await mail.stop();
  });

  it('keeps the mails of before when it is started again on the same folder', async () => {
    const dir = folder.path('again');
    const first = await startMail({ dir });
    const mailer = openMailer(first.smtpUrl, 'ocop@example.vn');
    await mailer.send({ to: 'can-bo@example.vn', subject: 'One', text: 'One' });
    mailer.close();
    await first.stop();
    const second = await startMail({ dir });
    expect(await second.list()).toHaveLength(1);
    await second.stop();
  });

  it('refuses the mail to its sender when it cannot be kept', async () => {
    const mail = await startMail({ dir: folder.path('gone') });
    const { rm } = await import('node:fs/promises');
    await rm(mail.folder, { recursive: true });
    const mailer = openMailer(mail.smtpUrl, 'ocop@example.vn');
    await expect(mailer.send({ to: 'can-bo@example.vn', subject: 'One', text: 'One' })).rejects.toThrow(/ENOENT/);
    mailer.close();
    await mail.stop();
  });
});
