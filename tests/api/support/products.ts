/** What the API is told of a product; its producer has contacts that may stand nowhere else. */
import { COMMUNE } from './api';

export const product = (name: string) => ({
  productName: name,
  producer: { name: 'Hộ Nguyễn Thị Bưởi', phone: '0987654321', email: 'buoi@example.vn' },
  productSet: 4,
  kind: 'new',
  communeCode: COMMUNE,
});
