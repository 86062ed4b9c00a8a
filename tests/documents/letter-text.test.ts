import { DECISION_WORDINGS, FIVE_STAR_PACKAGE, fill, LETTER_WORDINGS, letterOf, stands } from '../../documents/letter-text';

describe('the wording of letters', () => {
  it('names for every letter the article or plan that it rests on', () => {
    for (const { source, title } of [...Object.values(LETTER_WORDINGS), ...Object.values(DECISION_WORDINGS)]) {
      expect(source).toMatch(/Điều \d/);
      expect(title.en).not.toBe('');
    }
  });

  it('is written in composed letters', () => {
    const all = JSON.stringify([LETTER_WORDINGS, DECISION_WORDINGS, FIVE_STAR_PACKAGE]);
    expect(all).toBe(all.normalize('NFC'));
  });

  it('has the checklists of article 6.3: seven things the first time, five for a five-star product again', () => {
    expect(FIVE_STAR_PACKAGE.first.items).toHaveLength(7);
    expect(FIVE_STAR_PACKAGE.again.items).toHaveLength(5);
    expect(FIVE_STAR_PACKAGE.again.items.map(({ text }) => text).join()).not.toContain('Hội đồng');
  });

  it('refuses a placeholder that nothing fills, and leaves what is filled alone', () => {
    expect(() => fill('Sản phẩm {product}', {})).toThrow('{product}');
    expect(fill('{a} và {a}', { a: '{b} $1 <b>' })).toBe('{b} $1 <b> và {b} $1 <b>');
  });

  it('lets a part stand when its fact is true, or with ! when it is not', () => {
    expect([stands(undefined, {}), stands('x', {}), stands('!x', {}), stands('x', { x: true }), stands('!x', { x: true })]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('writes a notice of the agency below its committee, and a letter to the ministry of the committee alone', () => {
    const facts = { values: new Proxy({}, { get: () => '…' }), flags: {}, lists: {}, tables: {} };
    const given = { committee: 'Ủy ban nhân dân tỉnh X', agency: 'Sở Y', place: 'X', on: null };
    expect(letterOf(LETTER_WORDINGS['result-notice'], facts, given).issuer).toEqual({ superior: 'Ủy ban nhân dân tỉnh X', office: 'Sở Y' });
    expect(letterOf(LETTER_WORDINGS.forwarding, facts, given)).toMatchObject({
      issuer: { superior: null, office: 'Ủy ban nhân dân tỉnh X' },
      kind: null,
    });
  });
});
