/** What belongs to a dossier besides its way: the certificate, other cycles of the product, the producer's look-up. */
import { type CycleView, dateOrNull } from '../../api/cycles/representation';
import { OUTCOME_TITLES, type Outcome, STAGE_TITLES } from '../../domain/cycle/stages';
import { day } from '../formats';
import { Icon } from '../parts/icons';
import { Facts, Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { KIND_TITLES } from '../words';

export function CertificatePanel({ view: { certificate } }: { view: CycleView }) {
  if (!certificate) return null;
  return (
    <Panel title="Giấy chứng nhận" id="giay">
      <Facts
        pairs={[
          ['Hạng', `${certificate.star} sao`],
          ['Mã tra cứu', <a href={`/c/${certificate.code}`}>{certificate.code}</a>],
          ['Số giấy', certificate.number],
          ['Quyết định', certificate.decisionNumber],
          ['Cơ quan cấp', certificate.issuedBy],
          ['Ngày cấp', day(certificate.issuedOn)],
          ['Có giá trị đến', day(certificate.validUntil)],
          ['Được kéo dài đến', certificate.extendedUntil && day(certificate.extendedUntil)],
        ]}
      />
    </Panel>
  );
}

interface OtherCycle {
  id: string;
  cycleNumber: number;
  kind: string;
  stage: string;
  outcome: string | null;
  star: number | null;
  validUntil: Date | null;
}

export function OtherCycles({ others }: { others: readonly OtherCycle[] }) {
  if (others.length === 0) return null;
  return (
    <Panel title="Chu trình khác của sản phẩm" id="chu-trinh" bare>
      <ul>
        {others.map((one) => (
          <li key={one.id} class="li">
            <span>
              <a class="pn" href={`/ho-so/${one.id}`}>
                Chu trình {one.cycleNumber}
              </a>
              <small class="sub">{KIND_TITLES[one.kind as CycleView['kind']]}</small>
            </span>
            <span class="li__r">
              {one.outcome === null ? STAGE_TITLES[one.stage as keyof typeof STAGE_TITLES].vi : OUTCOME_TITLES[one.outcome as Outcome].vi}
              {one.star !== null && `, ${one.star} sao`}
              {one.validUntil && (
                <>
                  <br />
                  đến {day(dateOrNull(one.validUntil) ?? '')}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the producer is given to look up the dossier without an account. */
export function LookUp({ id: code, secret, publicUrl }: { id: string; secret: string; publicUrl: string }) {
  const address = withQuery('/tra-cuu', { ma: code, khoa: secret });
  return (
    <Panel title="Để chủ thể tự tra cứu" id="tra-cuu">
      <Facts
        pairs={[
          ['Mã hồ sơ', <span class="code">{code}</span>],
          ['Mã bí mật', <span class="code">{secret}</span>],
          ['Địa chỉ', <a href={address}>{publicUrl}/tra-cuu</a>],
        ]}
      />
      <p class="small muted gap-s">
        Hai mã này in trên giấy tiếp nhận giao cho chủ thể. Trang tra cứu chỉ cho biết giai đoạn, đến lượt ai và ngày hẹn, không có thông
        tin cá nhân.
      </p>
      <p class="gap-s no-print">
        <a class="btn" href={`/ho-so/${code}/giay-tiep-nhan`}>
          <Icon name="print" /> In giấy tiếp nhận
        </a>
      </p>
    </Panel>
  );
}
