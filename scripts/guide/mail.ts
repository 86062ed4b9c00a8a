/** The morning mail of the pictures: made by the digest's own code from the season's records. */
import { addresseeOf, compose } from '../../activities/digest/compose';
import { openLogger } from '../../clients/logger';
import { openMailer } from '../../clients/mail';
import { startOfDay } from '../../domain/dates';
import { digestMail } from '../../domain/nudges/mail/digest-mail';
import { digestDeps } from '../../worker/digest-worker';
import { PUBLIC_URL, type Product } from './product';
import { COMMUNE, SEASON_DAY, SEASON_PROVINCE } from './season';

const FROM = 'OCOP <ocop@example.vn>';

/** What the commune's officer finds in the inbox on the season's day, as HTML. */
export async function morningMail({ db, rules }: Product, officerId: string): Promise<string> {
  const mailer = openMailer('smtp://127.0.0.1:9', FROM);
  try {
    const deps = digestDeps({ db, mailer, log: openLogger('worker', 'silent'), rules, publicUrl: PUBLIC_URL, mailFrom: FROM });
    await remindOfOverdue({ db });
    const addressee = await addresseeOf(deps, `person:${officerId}`, SEASON_PROVINCE);
    const composed = addressee && (await compose(deps, addressee, SEASON_DAY));
    if (!addressee || !composed) throw new Error('nothing is due for the officer of the pictures');
    const { digest, reader } = composed;
    return digestMail({ template: await deps.template(), digest, reader, language: addressee.language, publicUrl: PUBLIC_URL }).html;
  } finally {
    mailer.close();
  }
}

/** The season is made in one morning: not every reminder of it fell due by itself. */
async function remindOfOverdue({ db }: Pick<Product, 'db'>): Promise<void> {
  const night = new Date(startOfDay(SEASON_DAY) + 3_600_000);
  const deadlines = await db.deadline.findMany({
    where: { supersededAt: null, kind: 'commune-assessment', cycle: { communeCode: COMMUNE } },
  });
  await db.nudge.createMany({
    data: deadlines.map(({ cycleId, kind, date }) => ({
      cycleId,
      ruleId: date < new Date(SEASON_DAY) ? 'commune-assessment-overdue' : 'commune-assessment-2-days',
      recipient: 'commune_officer',
      subject: kind,
      subjectOn: date,
      plannedFor: new Date(SEASON_DAY),
      status: 'planned',
      late: false,
      recordedAt: night,
    })),
    skipDuplicates: true,
  });
}
