/** Dossiers with their histories straight in the records, as the engine would have left them. */
import type { Database } from '../../../clients/database';
import type { LocalDate } from '../../../domain/dates';
import { day, dossier, type TestDossier } from '../../support/nudge-records';
import { COMMUNE } from './api';

interface Story extends TestDossier {
  kind?: string;
  registeredOn: LocalDate;
  producer?: string;
  events?: [name: string, on: LocalDate, toStage: string][];
  certificate?: { star: number; issuedOn: LocalDate; validUntil: LocalDate; status?: string; endedOn?: LocalDate };
  /** Came under watch with its certificate. */
  watched?: boolean;
  council?: object;
}

/** A dossier with its history, as the engine would have left it. */
export async function story(
  db: Database,
  { registeredOn, kind = 'new', producer, events = [], certificate, watched, council, ...more }: Story,
): Promise<string> {
  const id = await dossier(db, more);
  const cycle = await db.cycle.update({
    where: { id },
    data: { kind, ...(council ? { state: { facts: { council } } } : {}) },
    include: { product: true },
  });
  if (producer) await db.producer.update({ where: { id: cycle.product.producerId }, data: { name: `${producer} ${id}` } });
  const history: [string, LocalDate, string][] = [['register', registeredOn, watched ? 'validity' : 'idea_registration'], ...events];
  for (const [index, [name, on, toStage]] of history.entries())
    await db.cycleEvent.create({
      data: {
        cycleId: id,
        sequence: index + 1,
        name,
        actorId: 'test',
        actorRole: 'commune_staff',
        officeCode: COMMUNE,
        legalOn: day(on),
        recordedAt: day(on),
        toStage,
        toStep: 'test',
        payload: { kind, certificate: watched ? { code: 'x' } : null },
        rulesVersion: 'test',
      },
    });
  if (certificate) {
    const { issuedOn, validUntil, endedOn, status = 'in_force', star } = certificate;
    await db.certificate.create({
      data: {
        code: `OCOP-${id}`,
        cycleId: id,
        productCode: cycle.productCode,
        number: '=1+1',
        star,
        issuedOn: day(issuedOn),
        validUntil: day(validUntil),
        decisionNumber: '303/QĐ-UBND',
        issuedBy: 'UBND tỉnh Ninh Bình',
        status,
        ...(endedOn ? { endedOn: day(endedOn) } : {}),
      },
    });
  }
  return id;
}
