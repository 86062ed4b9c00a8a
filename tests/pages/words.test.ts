/** Numbers, dates and words of the pages; forms of actions as the schemas of the API have them. */
import { API_ACTIONS } from '../../api/cycles/payloads';
import { HttpProblem } from '../../api/http/problem';
import { bodyOf, fieldsOf } from '../../pages/dossier/action-fields';
import { labelOf, spoken, valueTitle } from '../../pages/dossier/action-words';
import { FormFields, readForm } from '../../pages/form-fields';
import { due, fileSize, longDay, moment, number, percent, typedDay, wordyDay } from '../../pages/formats';
import { inPageWords } from '../../pages/parts/forms';
import { inSentence } from '../../pages/words';

describe('numbers and dates', () => {
  it('are written as officials write them', () => {
    expect([number(1234.5, 1), number(-20), number(-0.04, 1), number(1_000_000), percent(1 / 7)]).toEqual([
      '1.234,5',
      '−20',
      '0,0',
      '1.000.000',
      '14,3 %',
    ]);
    expect(longDay('2026-10-12')).toBe('thứ Hai, 12/10/2026');
    expect(due({ date: '2026-10-30', operator: 'before' })).toBe('trước 30/10/2026');
    expect(moment(Date.parse('2026-10-12T17:30:00Z'))).toBe('00:30, 13/10/2026');
    expect([wordyDay('2026-02-05'), wordyDay('2026-10-12')]).toEqual(['ngày 05 tháng 02 năm 2026', 'ngày 12 tháng 10 năm 2026']);
    expect([fileSize(900), fileSize(2_500_000)]).toEqual(['900 B', '2,4 MB']);
    expect(inSentence('UBND Xã Gia Viễn')).toBe('UBND xã Gia Viễn');
  });

  it('are understood as people type them', () => {
    expect(['1/9/2026', '01-09-2026', ' 01.09.2026 ', '2026-09-01'].map(typedDay)).toEqual(Array.from({ length: 4 }, () => '2026-09-01'));
    expect(typedDay('hôm qua')).toBe('hôm qua');
  });
});

describe('forms of actions', () => {
  it.each(API_ACTIONS)('%s: every field and value has words', (action) => {
    for (const { name, kind, values } of fieldsOf(action)) {
      expect(labelOf(action, name)).not.toBe(name);
      if (kind === 'choice' || kind === 'boxes') for (const value of values) expect(valueTitle(name, value)).not.toBe(value);
    }
  });

  const filled = (fields: Record<string, string[]>): FormFields => new FormFields(new Map(Object.entries(fields)));

  it('give the body that the API takes', () => {
    const sent = filled({
      on: ['11/10/2026'],
      reportNumber: [' 12/BC-UBND '],
      proposalNumber: [''],
      assessedItems: ['local_origin'],
      samples: ['10'],
    });
    expect(bodyOf('issue-commune-report', sent)).toEqual({
      on: '2026-10-11',
      reportNumber: '12/BC-UBND',
      assessedItems: ['local_origin'],
      samples: 10,
    });
    expect(bodyOf('decide', filled({ decisionNumber: ['9/QĐ-UBND'], result: ['recognise'], star: ['4'] }))).toMatchObject({ star: 4 });
    expect(bodyOf('assign-officer', filled({ side: ['commune'], officerId: [''] }))).toMatchObject({ officerId: null });
  });

  it('say field by field what cannot be used', () => {
    const wrong = (): unknown => bodyOf('issue-commune-report', filled({ on: ['31/02/2026'], samples: ['mười'] }));
    const problem = ((): unknown => {
      try {
        return wrong();
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(HttpProblem);
    expect((problem as HttpProblem).problems.map(({ field }) => field).sort()).toEqual(['on', 'samples']);
  });

  it('speak of the form, not of names that programs use', () => {
    expect(spoken('còn thiếu: local_origin, local_labour')).toBe(
      'còn thiếu: “Nguồn gốc sản phẩm, nguyên liệu địa phương”, “Sử dụng lao động địa phương”',
    );
    expect(inPageWords('phải là một ngày có thật, dạng YYYY-MM-DD')).toBe('phải là một ngày có thật, viết ngày/tháng/năm');
    expect(inPageWords('từ 2026-08-04; mã 37-14464-001-2026.1')).toBe('từ 04/08/2026; mã 37-14464-001-2026.1');
  });
});

describe('what forms send', () => {
  it('is read from both encodings, in one Unicode form, with files', async () => {
    const form = new FormData();
    form.append('name', ' Mắm tép '.normalize('NFD'));
    form.append('file', new File(['a,b'], 'tệp.csv', { type: 'text/csv' }));
    const multipart = new Response(form);
    const fields = await readForm(Buffer.from(await multipart.arrayBuffer()), multipart.headers.get('content-type') ?? '');
    expect(fields.text('name')).toBe('Mắm tép'.normalize('NFC'));
    expect(fields.file('file')).toMatchObject({ name: 'tệp.csv', bytes: Buffer.from('a,b') });
    const plain = await readForm(Buffer.from('a=1&a=2&b=+x+'), 'application/x-www-form-urlencoded');
    expect([plain.all('a'), plain.text('b'), plain.raw('b'), plain.given('c')]).toEqual([['1', '2'], 'x', ' x ', undefined]);
  });
});
