/** What lists can be imported, and words that the pages of imports share. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { jobView } from '../../api/imports/jobs';
import type { ImportKind } from '../../api/imports/work-of';
import type { PageCall } from '../page';
import { Chip } from '../parts/lateness';

export const PATH = '/nhap-tep';
export const WHO = ['administrator', 'provincial_staff', 'commune_staff'] as const;

interface KindWords {
  address: string;
  title: string;
  columns: string;
  optional: string;
}

export const KINDS: Record<ImportKind, KindWords> = {
  registrations: {
    address: 'dang-ky',
    title: 'Danh sách đăng ký',
    columns: 'Tên sản phẩm, Chủ thể, Xã/phường hoặc Mã xã',
    optional: 'Bộ sản phẩm, Hình thức, Ngày đăng ký, Điện thoại, Mã sản phẩm, Nhu cầu hỗ trợ, Tỉnh',
  },
  certificates: {
    address: 'giay-chung-nhan',
    title: 'Giấy chứng nhận còn hiệu lực',
    columns: 'Tên sản phẩm, Chủ thể, Xã/phường hoặc Mã xã, Số sao, Số quyết định, Ngày cấp, Cơ quan cấp',
    optional: 'Ngày hết hạn (thiếu thì tính 36 tháng), Bộ sản phẩm, Điện thoại, Mã sản phẩm, Tỉnh',
  },
  contacts: {
    address: 'danh-ba',
    title: 'Danh bạ đơn vị',
    columns: 'Mã đơn vị, Họ tên',
    optional: 'Email, Vai trò, Điện thoại',
  },
};

type Status = ReturnType<typeof jobView>['status'];

const STATUS: Record<Status, { word: string; look: 'ok' | 'plain' | 'soon' | 'none' }> = {
  done: { word: 'Đã nhập', look: 'ok' },
  running: { word: 'Đang nhập', look: 'plain' },
  interrupted: { word: 'Bị ngắt giữa chừng', look: 'soon' },
  refused: { word: 'Không nhập', look: 'none' },
};

export const StatusChip = ({ status }: { status: Status }): VNode => <Chip look={STATUS[status].look}>{STATUS[status].word}</Chip>;
export const params = z.object({ id: z.uuid() });

export type FileCall = PageCall<z.output<typeof params>, unknown>;
