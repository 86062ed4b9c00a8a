/** The menu: what stands in it and in which order. Who sees an entry is told by its page. */

export interface Entry {
  path: string;
  title: string;
}

/** Beside one another at the top. */
export const MAIN: readonly Entry[] = [
  { path: '/tong-quan', title: 'Tổng quan' },
  { path: '/dang-tac', title: 'Đang tắc ở đâu' },
  { path: '/ra-soat', title: 'Rà soát 36 tháng' },
  { path: '/theo-xa', title: 'Theo xã, phường' },
  { path: '/viec-cua-toi', title: 'Việc của tôi' },
];

/** Under "Khác", in the menu. */
export const MORE: readonly Entry[] = [
  { path: '/ho-so/moi', title: 'Đăng ký một sản phẩm' },
  { path: '/nhap-tep', title: 'Nhập từ tệp' },
  { path: '/danh-gia-lai', title: 'Đánh giá lại' },
  { path: '/viec-theo-ke-hoach', title: 'Việc theo kế hoạch' },
  { path: '/quyet-dinh', title: 'Quyết định' },
  { path: '/kiem-tra', title: 'Kiểm tra, giám sát' },
  { path: '/thu-hoi', title: 'Thu hồi giấy chứng nhận' },
  { path: '/bao-cao', title: 'Báo cáo và tải về' },
  { path: '/thay-doi', title: 'Thay đổi nhiều hồ sơ' },
  { path: '/hoi-dong', title: 'Hội đồng' },
  { path: '/chi-tieu', title: 'Chỉ tiêu' },
  { path: '/nhac-viec', title: 'Nhắc việc' },
  { path: '/ke-hoach', title: 'Kế hoạch' },
  { path: '/dien-tap', title: 'Diễn tập mùa' },
  { path: '/don-vi', title: 'Đơn vị và đầu mối' },
  { path: '/ngay-nghi', title: 'Ngày nghỉ' },
  { path: '/tai-khoan', title: 'Tài khoản' },
  { path: '/thu', title: 'Thư đã giữ lại' },
  { path: '/tai-khoan-cua-toi', title: 'Tài khoản của tôi' },
];
