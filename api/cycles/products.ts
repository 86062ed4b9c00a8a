/** The register of products and producers, and the running numbers that communes give. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../clients/database';
import { spellingKey } from '../../domain/units/spelling';
import { Prisma } from '../../prisma/generated/client';
import type { Place } from './place';
import type { RegistrationInput } from './registration-input';

export type ProducerInput = NonNullable<RegistrationInput['producer']>;

/** A product with its latest cycle, if it has one. */
export interface KnownProduct {
  code: string;
  name: string;
  producerName: string;
  productSet: number | null;
  provinceCode: string;
  communeCode: string;
  latest: { id: string; cycleNumber: number; stage: string } | null;
}

const withLatest = {
  producer: true,
  cycles: { orderBy: { cycleNumber: 'desc' }, take: 1, select: { id: true, cycleNumber: true, stage: true } },
} satisfies Prisma.ProductInclude;

type Row = Prisma.ProductGetPayload<{ include: typeof withLatest }>;

const known = ({ producer, cycles, ...product }: Row): KnownProduct => ({
  ...product,
  producerName: producer.name,
  latest: cycles[0] ?? null,
});

/** The product of a code. */
export async function productByCode(db: Database | Prisma.TransactionClient, code: string): Promise<KnownProduct | undefined> {
  const row = await db.product.findUnique({ where: { code }, include: withLatest });
  return row ? known(row) : undefined;
}

/** The product of a producer by its name in a commune; spelling variants are the same name. */
export async function productByName(
  db: Database | Prisma.TransactionClient,
  communeCode: string,
  name: string,
  producerName: string,
): Promise<KnownProduct | undefined> {
  const rows = await db.product.findMany({ where: { communeCode }, include: withLatest });
  const wanted = spellingKey(name);
  const by = spellingKey(producerName);
  const row = rows.find((one) => spellingKey(one.name) === wanted && spellingKey(one.producer.name) === by);
  return row && known(row);
}

export interface NewProduct {
  name: string;
  productSet: number | null;
  producer: ProducerInput;
  place: Place;
  /** Given, or the commune's next number of the year. */
  code: string | undefined;
  year: number;
}

/**
 * Enters a product once: a second request for the same name, producer and commune, also at the same moment, finds the first one's.
 * @returns the product's code
 */
export async function enterProduct(db: Database, product: NewProduct): Promise<string> {
  const { place, name, producer, productSet } = product;
  return await db.$transaction(async (tx) => {
    // Two requests for one commune come one after the other; both would miss the other's row.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`ocop-product ${place.communeCode}`}, 0))`;
    const standing = await productByName(tx, place.communeCode, name, producer.name);
    if (standing) return standing.code;
    const code = product.code ?? (await nextCode(tx, place, product.year));
    const producerId = await enterProducer(tx, place.communeCode, producer);
    await tx.product.create({ data: { code, name, producerId, productSet, ...place } });
    return code;
  });
}

/** `province-commune-number-year`; numbers that are taken already are passed over. */
async function nextCode(tx: Prisma.TransactionClient, { provinceCode, communeCode }: Place, year: number): Promise<string> {
  for (;;) {
    const rows = await tx.$queryRaw<{ last: number }[]>(Prisma.sql`
      insert into product_number as n (commune_code, year, last) values (${communeCode}, ${year}, 1)
      on conflict (commune_code, year) do update set last = n.last + 1 returning last`);
    const code = `${provinceCode}-${communeCode}-${String(rows[0]?.last ?? 1).padStart(3, '0')}-${year}`;
    if ((await tx.product.count({ where: { code } })) === 0) return code;
  }
}

async function enterProducer(tx: Prisma.TransactionClient, communeCode: string, producer: ProducerInput): Promise<string> {
  const standing = await tx.producer.findUnique({ where: { communeCode_name: { communeCode, name: producer.name } } });
  const given = { type: producer.type ?? null, phone: producer.phone ?? null, email: producer.email ?? null };
  if (!standing) return (await tx.producer.create({ data: { id: randomUUID(), communeCode, name: producer.name, ...given } })).id;
  const fresh = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  if (Object.keys(fresh).length) await tx.producer.update({ where: { id: standing.id }, data: fresh });
  return standing.id;
}
