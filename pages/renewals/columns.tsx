/** What the lists of re-evaluations tell of a certificate. */
import type { VNode } from 'preact';
import type { RenewalView } from '../../api/renewals/routes';
import { day, number } from '../formats';
import { communeName, type One } from './shared';

export function Product({ call, renewal }: One): VNode {
  return (
    <>
      <a class="pn" href={`/ho-so/${renewal.cycleId}`}>
        {renewal.productName}
      </a>
      <small class="sub">
        {renewal.producerName}, {communeName(call.deps, renewal.communeCode)}
      </small>
    </>
  );
}

export function Held({ renewal: { star, certificate, decisionNumber } }: { renewal: RenewalView }): VNode {
  return (
    <>
      {star} sao
      <small class="sub">{[certificate, decisionNumber].filter(Boolean).join(' · ')}</small>
    </>
  );
}

export function Ends({ on, daysLeft }: { on: string; daysLeft: number }): VNode {
  return (
    <>
      <span class="nw">{day(on)}</span>
      <small class="sub">{daysLeft < 0 ? `đã hết hạn ${number(-daysLeft)} ngày` : `còn ${number(daysLeft)} ngày`}</small>
    </>
  );
}

export function Filing({ renewal: { window, fileBy } }: { renewal: RenewalView }): VNode {
  return (
    <>
      {window ? `từ ${day(window.opensOn)} đến ${day(window.closesOn)}` : <span class="muted">chưa có thời gian nộp</span>}
      {fileBy && <small class="sub">để kịp có kết quả: chậm nhất {day(fileBy)}</small>}
    </>
  );
}
