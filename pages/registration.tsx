/** Registering one product: a new idea, a re-evaluation or upgrade, or a certificate in force that comes under watch. */
import type { z } from 'zod';
import type { UnitCandidate } from '../api/cycles/place';
import { plansToChoose } from '../api/cycles/plans-of-place';
import { registerCycle } from '../api/cycles/register';
import { productCode, registrationInput } from '../api/cycles/registration-input';
import { problemsOfIssues } from '../api/http/issues';
import { invalidInput } from '../api/http/problem';
import type { FormFields } from './form-fields';
import { day, typedDay } from './formats';
import { form, page, type PageCall, type Refused, type View } from './page';
import { DayField, Field, Form, FormProblem, type Option, SelectField, Submit } from './parts/forms';
import { Note, Panel } from './parts/panel';

const WHO = ['administrator', 'provincial_staff', 'commune_staff'] as const;
type Call = PageCall<unknown, unknown>;

const KINDS: Option[] = [
  { value: 'new', title: 'Đăng ký mới' },
  { value: 'reevaluation', title: 'Đánh giá lại' },
  { value: 'upgrade', title: 'Nâng hạng' },
];
const STARS: Option[] = [3, 4, 5].map((star) => ({ value: String(star), title: `${star} sao` }));

/** Fields that the form shows, and other names of theirs; problems of any other would be told at its top. */
const FIELDS = [
  'kind',
  'productName',
  'productSet',
  'producer',
  'producer.name',
  'producer.type',
  'producer.phone',
  'producer.email',
  'commune',
  'communeCode',
  'provinceCode',
  'plan',
  'registeredOn',
  'predecessor',
  'predecessor.productCode',
  'certificate.stars',
  'certificate.issuedOn',
  'certificate.validUntil',
  'certificate.decisionNumber',
  'certificate.issuedBy',
  'certificate.number',
  'certificate.code',
];

async function show(call: Call): Promise<View> {
  const { deps, actor } = call;
  const refused = call.refused && inWords(call.refused);
  const { units, rules } = deps;
  const communes = actor.provinceCode === null ? [] : units.communesOf(actor.provinceCode);
  const sets = rules.criteria.sets.map(({ set, name }) => ({ value: String(set), title: `${set}. ${name}` }));
  const plans = plansToChoose(rules.plans, actor, deps.today()).map(({ id, title }) => ({ value: id, title: title.vi }));
  const withCertificate =
    refused?.problems.some(({ field }) => field.startsWith('certificate')) || refused?.fields.text('certificate.decisionNumber');
  const withPredecessor = refused !== undefined && refused.fields.text('kind') !== 'new';
  return {
    title: 'Đăng ký một sản phẩm',
    lead: 'Mỗi sản phẩm một hồ sơ. Nhiều sản phẩm: nhập từ tệp Excel.',
    current: '/ho-so/moi',
    body: (
      <div class="grid">
        <div class="c8">
          <Panel title="Sản phẩm và chủ thể" id="dang-ky">
            <Form call={call} action="/ho-so/moi">
              <FormProblem refused={refused} known={FIELDS} />
              <Elsewhere members={refused?.members ?? {}} />
              <SelectField name="kind" label="Loại đăng ký" options={KINDS} value="new" half refused={refused} />
              <DayField name="registeredOn" label="Ngày đăng ký (ngày/tháng/năm)" value={day(deps.today())} half refused={refused} />
              <Field name="productName" label="Tên sản phẩm" maxLength={300} refused={refused} />
              <SelectField name="productSet" label="Bộ sản phẩm (26 bộ)" options={sets} none="Chưa rõ" optional refused={refused} />
              <Field name="producer.name" label="Chủ thể" problemOf={['producer']} half maxLength={300} refused={refused} />
              <Field
                name="producer.type"
                label="Loại hình chủ thể"
                optional
                half
                placeholder="Hợp tác xã, hộ sản xuất …"
                refused={refused}
              />
              <Field name="producer.phone" label="Điện thoại" optional half refused={refused} />
              <Field name="producer.email" label="Thư điện tử" type="email" optional half refused={refused} />
              {actor.communeCode === null && (
                <>
                  <Field
                    name="commune"
                    label="Xã, phường"
                    problemOf={['communeCode', 'provinceCode']}
                    list="cac-xa"
                    half
                    hint="Tên hiện hành hoặc mã 5 chữ số."
                    refused={refused}
                  />
                  <datalist id="cac-xa">
                    {communes.map(({ code, fullName }) => (
                      <option key={code} value={fullName} />
                    ))}
                  </datalist>
                </>
              )}
              <SelectField
                name="plan"
                label="Kế hoạch áp dụng"
                options={plans}
                none="Theo tỉnh, xã và ngày đăng ký"
                optional
                refused={refused}
              />
              <details class="extra" open={withPredecessor}>
                <summary>Đánh giá lại, nâng hạng: sản phẩm đã được công nhận</summary>
                <div class="form">
                  <Field
                    name="predecessor.productCode"
                    label="Mã sản phẩm đã được công nhận"
                    problemOf={['predecessor']}
                    optional
                    half
                    placeholder="37-14464-012-2023"
                    refused={refused}
                  />
                </div>
              </details>
              <details class="extra" open={Boolean(withCertificate)}>
                <summary>Giấy chứng nhận đang có hiệu lực, chỉ cần theo dõi</summary>
                <div class="form">
                  <SelectField name="certificate.stars" label="Hạng" options={STARS} none="Chọn" optional half refused={refused} />
                  <DayField name="certificate.issuedOn" label="Ngày cấp" optional half refused={refused} />
                  <Field name="certificate.decisionNumber" label="Số quyết định công nhận" optional half refused={refused} />
                  <Field name="certificate.issuedBy" label="Cơ quan cấp" optional half refused={refused} />
                  <Field
                    name="certificate.number"
                    label="Số giấy chứng nhận"
                    problemOf={['certificate.code']}
                    optional
                    half
                    refused={refused}
                  />
                  <DayField name="certificate.validUntil" label="Có giá trị đến, nếu khác 36 tháng" optional half refused={refused} />
                </div>
              </details>
              <Submit>Đăng ký</Submit>
            </Form>
          </Panel>
        </div>
        <div class="c4">
          <Panel title="Sau khi đăng ký" id="sau">
            <p>Hệ thống cấp mã hồ sơ, tính hạn của từng bước theo kế hoạch và nhắc đơn vị đến lượt trước hạn.</p>
            <p>Gửi hai lần cùng một sản phẩm không tạo hai hồ sơ: lần sau mở hồ sơ đã có.</p>
          </Panel>
        </div>
      </div>
    ),
  };
}

/** A refusal as the page tells it: what programs would have to send for a recognised product is one field here. */
function inWords(refused: Refused): Refused {
  const isFirst = refused.fields.text('kind') === 'new';
  const code = refused.fields.text('predecessor.productCode');
  const message = code === '' ? NO_CODE : productCode.safeParse(code).success ? undefined : WRONG_CODE;
  const problems = refused.problems.map((one) => (message && !isFirst && one.field.startsWith('predecessor') ? { ...one, message } : one));
  return { ...refused, problems };
}

const NO_CODE = {
  vi: 'hãy ghi mã của sản phẩm đã được công nhận; đăng ký lần đầu thì hãy chọn loại “Đăng ký mới”',
  en: 'give the code of the recognised product, or choose a first registration',
};
const WRONG_CODE = {
  vi: 'không đúng dạng mã sản phẩm, ví dụ 37-14464-012-2023',
  en: 'is no code of a product, such as 37-14464-012-2023',
};

/** The dossier that is there already, or the communes that were perhaps meant. */
function Elsewhere({ members }: { members: Readonly<Record<string, unknown>> }) {
  const { cycleId, candidates } = members;
  if (typeof cycleId === 'string')
    return (
      <Note>
        <a href={`/ho-so/${cycleId}`}>Mở hồ sơ đã có</a>
      </Note>
    );
  if (!Array.isArray(candidates)) return null;
  return (
    <Note>
      Có phải là:
      <ul>
        {(candidates as UnitCandidate[]).map(({ code, name }) => (
          <li key={code}>
            {name}, mã {code}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** The registration that a filled-in form gives. Throws the problem of one that cannot be used. */
function inputOf(sent: FormFields): z.output<typeof registrationInput> {
  const given = (names: readonly string[], prefix = ''): Record<string, unknown> =>
    Object.fromEntries(
      names.flatMap((name) => (sent.given(prefix + name) === undefined ? [] : [[name, valueOf(prefix + name, sent.text(prefix + name))]])),
    );
  const producer = given(['name', 'type', 'phone', 'email'], 'producer.');
  const predecessor = given(['productCode'], 'predecessor.');
  const certificate = given(['stars', 'issuedOn', 'validUntil', 'decisionNumber', 'issuedBy', 'number'], 'certificate.');
  const commune = sent.text('commune');
  const parsed = registrationInput.safeParse(
    {
      ...given(['kind', 'productName', 'productSet', 'plan', 'registeredOn']),
      ...(Object.keys(producer).length ? { producer } : {}),
      ...(Object.keys(predecessor).length ? { predecessor } : {}),
      ...(Object.keys(certificate).length ? { certificate } : {}),
      ...(commune === '' ? {} : /^\d{5}$/.test(commune) ? { communeCode: commune } : { commune }),
    },
    { reportInput: true },
  );
  if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues));
  return parsed.data;
}

function valueOf(name: string, written: string): unknown {
  if (name === 'registeredOn' || name.endsWith('.issuedOn') || name.endsWith('.validUntil')) return typedDay(written);
  return name === 'productSet' || name === 'certificate.stars' ? Number(written) : written;
}

const start = form({
  path: '/ho-so/moi',
  who: WHO,
  show,
  async submit({ deps, actor, fields }) {
    const id = await registerCycle(deps, actor, inputOf(fields));
    return { redirect: `/ho-so/${id}`, notice: 'Đã đăng ký. Hồ sơ đã vào quy trình và được nhắc đúng hạn.' };
  },
});

export const REGISTRATION_PAGES = [page({ path: '/ho-so/moi', who: WHO, show }), start];
