/** Public look-up of a dossier by its code and the secret on the receipt: stage, whose turn, promised date; nothing about people. */
import { z } from 'zod';
import { type LookedUp, lookUp } from '../api/cycles/lookup';
import { due } from './formats';
import { openPage } from './page';
import { Field } from './parts/forms';
import { Facts, Note, Panel } from './parts/panel';
import { PARTY_TITLES } from './words';

const query = z.object({ ma: z.string().max(80).optional(), khoa: z.string().max(40).optional() });

const lookUpPage = openPage({
  path: '/tra-cuu',
  query,
  async show({ deps, query: { ma = '', khoa = '' } }) {
    const asked = ma !== '' || khoa !== '';
    const found = asked ? await lookUp(deps, ma, khoa) : undefined;
    return {
      title: found ? found.productName : 'Tra cứu hồ sơ OCOP',
      narrow: true,
      ...(asked && !found ? { status: 404 } : {}),
      body: (
        <div class="stack">
          {found && <Answer found={found} />}
          {asked && !found && (
            <Note look="late" alert>
              <b>Không tìm thấy hồ sơ.</b> Mã hồ sơ và mã bí mật phải đúng như trên giấy tiếp nhận.
            </Note>
          )}
          <form class="panel sign-in form no-print" method="get" action="/tra-cuu">
            <Field name="ma" label="Mã hồ sơ" value={ma} placeholder="37-14464-001-2026.1" />
            <Field name="khoa" label="Mã bí mật" value={found ? '' : khoa} placeholder="ABCDE-23456" />
            <button class="btn btn--main" type="submit">
              Tra cứu
            </button>
          </form>
          <p class="small muted">Hai mã này in trên giấy tiếp nhận hồ sơ. Trang này không hiện thông tin cá nhân của ai.</p>
        </div>
      ),
    };
  },
});

function Answer({ found }: { found: LookedUp }) {
  const { code, stageTitle, stepTitle, waitingFor, paused, star, certificateCode } = found;
  return (
    <Panel title="Hồ sơ đang ở đâu" id="tra-cuu">
      <Facts
        pairs={[
          ['Mã hồ sơ', code],
          ['Giai đoạn', stageTitle.vi],
          ['Việc đang chờ', stepTitle.vi],
          ['Đến lượt', paused ? 'đang tạm dừng' : waitingFor === null ? 'không ai phải làm gì lúc này' : PARTY_TITLES[waitingFor]],
          ['Ngày hẹn', found.due && !paused ? due(found.due) : 'chưa có'],
          ['Hạng', star === null ? null : `${star} sao`],
          ['Giấy chứng nhận', certificateCode && <a href={`/c/${certificateCode}`}>{certificateCode}</a>],
        ]}
      />
    </Panel>
  );
}

export const LOOK_UP_PAGES = [lookUpPage];
