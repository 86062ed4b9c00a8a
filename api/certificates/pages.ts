/** Certificates as pages to print: from the records, or as drafts of what a decision is about to certify. */
import type { CertificateMark, CertificatePage } from '../../documents/certificate';
import { seal, sealedAddress } from '../../documents/sealed-code';
import type { LocalDate } from '../../domain/dates';
import type { Star } from '../../domain/regimes';
import type { Certificate } from '../../prisma/generated/client';
import type { CycleRow } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { certifierOf, communeOf, provinceOf } from './issuer';
import { type Standing, standingOn } from './standing';

const MARKS: Partial<Record<Standing, CertificateMark>> = {
  expired: 'expired',
  revoked: 'revoked',
  decision_withdrawn: 'revoked',
  superseded: 'superseded',
};

interface Recognition {
  number: string | null;
  signedOn: LocalDate | null;
}

/** An issued certificate, with its code to scan, marked when it has ended. */
export function issuedPage(deps: ApiDeps, row: Certificate, cycle: CycleRow, decision: Recognition): CertificatePage {
  const [issuedOn, validUntil] = [dateOf(row.issuedOn), dateOf(row.validUntil)];
  const { code, star } = row;
  const sealed = seal({ code, star, issuedOn, validUntil, product: cycle.product.name }, deps.signingKeys);
  return {
    ...partsOf(deps, cycle, row.star as Star, row.issuedBy),
    decision,
    number: row.number,
    issued: {
      code,
      on: issuedOn,
      validUntil,
      address: `${deps.publicUrl}/c/${code}`,
      qr: sealedAddress(deps.publicUrl, code, sealed),
    },
    mark: MARKS[standingOn(deps.today(), row, cycle.step)] ?? null,
  };
}

/** What a decision will certify, before the office has issued it: no code, no number, no day. */
export function draftPage(deps: ApiDeps, cycle: CycleRow, star: Star, decision: Recognition): CertificatePage {
  return { ...partsOf(deps, cycle, star, null), decision, number: null, issued: null, mark: 'draft' };
}

function partsOf(deps: ApiDeps, cycle: CycleRow, star: Star, issuedBy: string | null) {
  const { product, provinceCode, communeCode } = cycle;
  return {
    issuer: certifierOf(deps, { star, issuedBy, provinceCode }),
    product: product.name,
    producer: product.producer.name,
    address: `${communeOf(deps, communeCode).name}, ${provinceOf(deps, provinceCode).name}`,
    star,
  };
}
