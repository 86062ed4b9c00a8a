export const RUNS = '/nhac-viec';
export const LEDGER = '/nhac-viec/so';
export const WHY = '/nhac-viec/vi-sao';

export const STATUS_WORDS: Record<string, string> = {
  planned: 'Chờ gửi',
  late: 'Gửi muộn',
  sent: 'Đã gửi',
  merged: 'Gửi gộp trong thư khác',
  suppressed: 'Không cần gửi nữa',
  failed: 'Không gửi được',
  passed_over: 'Lần sau thay cho',
};
