import { DataFilesError, loadRules } from '../../plans/load';
import { RuleFolder } from './rule-folder';

let folder: RuleFolder;
beforeEach(() => {
  folder = new RuleFolder();
});
afterEach(() => folder.remove());

it('tables as spreadsheets save them, with a byte order mark, Windows line ends, quoted names or an empty last line, read the same', () => {
  const { units } = loadRules(folder.root);
  const table = folder.read('data/administrative-units.csv').trimEnd();
  const windows = table.replaceAll('\n', '\r\n');
  for (const written of [`\uFEFF${windows}\r\n\r\n`, `\uFEFF${windows.replace('Thành phố Hà Nội', '"Thành phố Hà Nội"')}\r\n`]) {
    folder.write('data/administrative-units.csv', written);
    expect(loadRules(folder.root).units).toEqual(units);
  }
});

it('a row with a cell too many is named by its line', () => {
  folder.replace('data/administrative-units.csv', '00004,ward,Ba Đình,Phường Ba Đình,01', '00004,ward,Ba Đình,Phường Ba Đình,01,x');
  expect(folder.problems()).toEqual([expect.stringMatching(/^data\/administrative-units\.csv \| .*line 3/)]);
});

describe('rule files that cannot be used', () => {
  it('are all reported at once, each with file, path and reason in both languages', () => {
    folder.replace('plans/ninh-binh-2026.json', '"2026-10-31"', '"2026-10-32"');
    folder.replace('plans/regimes/qd-148-2023.json', '"code": "R1"', '"code": 1');
    folder.write('plans/councils/tay-ninh.json', '{ "id": ');
    folder.replace('data/holidays-vn.csv', '2026-11-24,holiday', '2026-11-31,holiday');
    let message = '';
    try {
      loadRules(folder.root);
    } catch (error) {
      if (!(error instanceof DataFilesError)) throw error;
      message = error.message;
      expect(error.problems.map(({ file, path }) => `${file} ${path}`)).toEqual(
        expect.arrayContaining([
          'plans/ninh-binh-2026.json windows[1].closes.date',
          'plans/regimes/qd-148-2023.json code',
          'plans/councils/tay-ninh.json ',
          'data/holidays-vn.csv row 46, column date',
        ]),
      );
    }
    expect(message).toContain(
      'plans/ninh-binh-2026.json: windows[1].closes.date: không phải là ngày có thật (viết YYYY-MM-DD) (not a day that exists (write YYYY-MM-DD))',
    );
    expect(message).toContain('plans/councils/tay-ninh.json: không phải là JSON đúng');
    expect(message).toContain(
      'code: Đầu vào không hợp lệ: mong đợi string, nhận được số (Invalid input: expected string, received number)',
    );
  });

  it('have unknown keys', () => {
    folder.replace('plans/lao-cai-2026.json', '"version": 3,', '"version": 3, "colour": "red",');
    expect(folder.problems()).toEqual(['plans/lao-cai-2026.json |  | Unrecognized key: "colour"']);
  });

  it('have another id than their name', () => {
    folder.replace('plans/lao-cai-2026.json', '"id": "lao-cai-2026"', '"id": "lao-cai-2027"');
    expect(folder.problems()).toEqual(['plans/lao-cai-2026.json | id | is "lao-cai-2027", must be the file\'s name "lao-cai-2026"']);
  });

  it('cite a regime that does not exist, and are told which do', () => {
    folder.replace('plans/lao-cai-2026.json', '"regime": "qd-1489-2025"', '"regime": "qd-1489"');
    expect(folder.problems()).toEqual([
      'plans/lao-cai-2026.json | regime | "qd-1489" does not exist; the regimes are qd-1048-2019, qd-148-2023, qd-1489-2025, qd-26-2026',
    ]);
  });

  it('name a step or a deadline that no cycle has', () => {
    folder.replace('plans/nudges.json', '"step": "window_missed"', '"step": "window_lost"');
    expect(folder.problems()).toEqual([
      expect.stringMatching(
        /^plans\/nudges\.json \| \[\d+\]\.on\.step \| not a step of the cycle; the steps are awaiting_idea_review, .*, window_missed/,
      ),
    ]);
    folder.replace('plans/ninh-binh-2026.json', '"deadline": "certificate-expiry"', '"deadline": "certificate-end"');
    expect(folder.problems()).toContainEqual(
      expect.stringMatching(
        /^plans\/ninh-binh-2026\.json \| nudges\[0\]\.on\.deadline \| Invalid option: expected one of .*"certificate-expiry"/,
      ),
    );
  });

  it('use the id of another nudge rule', () => {
    folder.replace('plans/ninh-binh-2026.json', '"id": "ninh-binh-2026-expired-notice"', '"id": "certificate-expired"');
    expect(folder.problems()).toEqual([
      'plans/ninh-binh-2026.json | [0].id | "certificate-expired" is already the id of another nudge rule',
    ]);
  });

  it('close a window before it opens, or outside the plan’s period', () => {
    folder.replace('plans/ninh-binh-2026.json', '"2026-10-31"', '"2026-08-31"');
    expect(folder.problems()).toEqual(['plans/ninh-binh-2026.json | windows[1] | closes before it opens']);
    folder.replace('plans/ninh-binh-2026.json', '"2026-08-31"', '"2062-10-31"');
    expect(folder.problems()).toEqual(["plans/ninh-binh-2026.json | windows[1].closes.date | 2062-10-31 lies outside the plan's period"]);
  });

  it('have a round on a day that not every year has', () => {
    folder.replace('plans/regimes/qd-26-2026.json', '"04-30"', '"02-29"');
    expect(folder.problems()).toEqual([
      'plans/regimes/qd-26-2026.json | procedure.rounds.value[0].proposedBefore | not a day of every year (write MM-DD)',
    ]);
  });

  it('split the points so that they do not add to 100', () => {
    folder.replace('plans/regimes/qd-26-2026.json', '"A": 40', '"A": 45');
    expect(folder.problems()).toEqual(['plans/regimes/qd-26-2026.json | points.value | A + B + C is 105, must be 100']);
  });

  it('recognise at a level that the regime does not have', () => {
    folder.replace('plans/regimes/qd-26-2026.json', '"star": 3, "level": "province"', '"star": 3, "level": "district"');
    expect(folder.problems()).toEqual(['plans/regimes/qd-26-2026.json | procedure | level "district" is not among its levels']);
  });

  it('have an issuer with a code that no unit has', () => {
    folder.replace('plans/chiem-hoa-2026.json', '"communeCode": "02287"', '"communeCode": "02647"');
    expect(folder.problems()).toEqual(['plans/chiem-hoa-2026.json | issuer.communeCode | province 08 has no commune with the code 02647']);
  });

  it('repeat an id within a list', () => {
    folder.replace('plans/ninh-binh-2026.json', '"id": "provincial-scoring"', '"id": "commune-assessment"');
    expect(folder.problems()).toEqual(['plans/ninh-binh-2026.json | windows[2] | "commune-assessment" is there twice']);
  });

  it('give a range without an upper end', () => {
    folder.replace('plans/ninh-binh-2026.json', '"max": 70', '"max": null');
    expect(folder.problems()).toEqual(['plans/ninh-binh-2026.json | targets[4] | a range needs a max above its min']);
  });

  it('list a holiday twice, or a swapped Saturday that is none', () => {
    folder.replace('data/holidays-vn.csv', '2026-08-31,day_off_in_lieu', '2026-08-22,day_off_in_lieu');
    expect(folder.problems()).toEqual([
      'data/holidays-vn.csv | row 43, column date | 2026-08-22 is listed twice',
      'data/holidays-vn.csv | row 43, column date | 2026-08-22 is a weekend day anyway',
    ]);
  });

  it('are missing, one or the whole folder, without a complaint about everything that needs them', () => {
    folder.write('data/administrative-units.csv', 'code,kind,name,full_name,province_code\n');
    expect(folder.problems()).toEqual([expect.stringMatching(/^data\/administrative-units\.csv \| /)]);
    folder.remove();
    const files = folder.problems().map((problem) => problem.split(' | ')[0]);
    expect(files).toEqual([
      'data/administrative-units.csv',
      'data/old-names.csv',
      'data/holidays-vn.csv',
      'data/criteria-qd26-2026.json',
      'plans/nudges.json',
      'plans/report-nudges.json',
      'plans/regimes',
      'plans/councils',
      'plans',
    ]);
  });

  it('have a quorum of more than all members', () => {
    folder.replace('plans/councils/tay-ninh.json', '"numerator": 3', '"numerator": 5');
    expect(folder.problems()).toEqual(['plans/councils/tay-ninh.json | quorum.value.members | is more than all members']);
  });
});
