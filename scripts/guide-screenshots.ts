/**
 * `npm run docs:screenshots`: the pictures of docs/huong-dan, taken from the product itself on an invented season; with `-- rehearsal` only those of
 * that name. Everything it starts is its own and ends with it.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Photographer, PICTURES } from './guide/browser';
import { communePictures } from './guide/commune';
import { managerPictures } from './guide/manager';
import { withProduct } from './guide/product';
import { provincePictures } from './guide/province';
import { recognisedPictures } from './guide/recognised';
import { rehearsalPictures } from './guide/rehearsal';
import { makeSeason, SEASON_DAY } from './guide/season';

/** In this order: each leaves something behind that the next ones show. */
const ALL = {
  manager: managerPictures,
  commune: communePictures,
  province: provincePictures,
  recognised: recognisedPictures,
  rehearsal: rehearsalPictures,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  await withProduct(SEASON_DAY, async (product) => {
    const season = await makeSeason(product);
    const photographer = await Photographer.at(product.url);
    try {
      mkdirSync(PICTURES, { recursive: true });
      if (wanted.length === 0) for (const name of readdirSync(PICTURES)) if (name.endsWith('.png')) rmSync(join(PICTURES, name));
      for (const [name, pictures] of Object.entries(ALL))
        if (wanted.length === 0 || wanted.includes(name)) await pictures(photographer, product, season);
    } finally {
      await photographer.close();
    }
  });
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
