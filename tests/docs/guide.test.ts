/** The Vietnamese guide names only pictures and pages that there are. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from '../../pages/pages';

const GUIDE = join(__dirname, '..', '..', 'docs', 'huong-dan');
const texts = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
const read = (name: string): string => readFileSync(join(GUIDE, name), 'utf8');
const found = (name: string, pattern: RegExp): string[] => [...read(name).matchAll(pattern)].map(([, one = '']) => one);
const picturesIn = (name: string): string[] => found(name, /(?:\]\(|src=")(anh\/[^)"]+)/g);
const paths = new Set(PAGES.filter(({ method }) => method === 'get').map(({ path }) => path));

describe.each(texts)('%s', (name) => {
  it('shows pictures that exist', () => {
    expect(picturesIn(name).filter((file) => statSync(join(GUIDE, file), { throwIfNoEntry: false }) === undefined)).toEqual([]);
  });

  it('names addresses of pages that exist', () => {
    expect(found(name, /`(\/[^`]*)`/g).filter((path) => !paths.has(path))).toEqual([]);
  });

  it('leads to texts that exist', () => {
    const links = found(name, /\]\(((?!anh\/|https?:)[^)#]+)/g);
    expect(links.filter((file) => statSync(join(GUIDE, file), { throwIfNoEntry: false }) === undefined)).toEqual([]);
  });
});

it('there is a text for each kind of users', () => {
  expect(texts.sort()).toEqual(['README.md', 'can-bo-tinh.md', 'can-bo-xa.md', 'lanh-dao.md']);
});

it('no picture lies there that no text shows', () => {
  const shown = new Set(texts.flatMap(picturesIn));
  expect(readdirSync(join(GUIDE, 'anh')).filter((file) => !shown.has(`anh/${file}`))).toEqual([]);
});

it('the pictures are small enough for a slow line', () => {
  const sizes = readdirSync(join(GUIDE, 'anh')).map((file) => statSync(join(GUIDE, 'anh', file)).size);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_500_000);
});
