/** What `npm start` says: lines while it prepares, one screen when everything runs. Vietnamese first, English beside. */
import type { Text } from '../domain/sources';

/** Writes one line of progress or news with both languages. */
export function say({ vi, en }: Text): void {
  process.stdout.write(`${vi} / ${en}\n`);
}

export interface Running {
  url: string;
  temporalUi: string | undefined;
  mailFolder: string | undefined;
  dataFolder: string;
  logFolder: string;
  token: AdministratorToken;
}

/** The first administrator's token: made now and to be told once, the one of OCOP_ADMIN_TOKEN, or told at an earlier start. */
export type AdministratorToken = { made: string } | 'from-variable' | 'told-before';

/** The screen: addresses, the token, and what to try. */
export function screen({ url, temporalUi, mailFolder, dataFolder, logFolder, token }: Running): string {
  const rows: [string, string | undefined][] = [
    ['Trang và API / Pages and API', url],
    ['Diễn tập mùa / Season rehearsal', `${url}/dien-tap`],
    ['Mô tả API / OpenAPI', `${url}/api/openapi.json`],
    ['Temporal', temporalUi],
    ['Thư đã giữ lại / Captured mail', mailFolder],
    ['Dữ liệu / Data', dataFolder],
    ['Nhật ký / Logs', logFolder],
  ];
  const addresses = rows.flatMap(([title, value]) => (value ? [`  ${title.padEnd(32)} ${value}`] : []));
  return [
    '',
    'OCOP đã sẵn sàng. / OCOP is ready.',
    '',
    ...addresses,
    '',
    ...tokenLines(token),
    '',
    'Thử ngay / Try (bash, zsh):',
    ...tryLines(url, token).map((line) => `  ${line}`),
    '',
    'Dừng / Stop: Ctrl-C. Chạy lại npm start để tiếp tục. / Run npm start again to go on.',
    '',
  ].join('\n');
}

/** The token, or where it is to be found. */
export function tokenLines(token: AdministratorToken): string[] {
  if (token === 'from-variable')
    return ['  Mã truy cập quản trị: giá trị của OCOP_ADMIN_TOKEN / Administrator’s token: the value of OCOP_ADMIN_TOKEN'];
  if (token === 'told-before')
    return ['  Mã truy cập quản trị: đã in ở lần chạy đầu tiên / Administrator’s token: was printed at the first start'];
  return ['  Mã truy cập quản trị, chỉ in một lần, hãy cất giữ / Administrator’s token, printed only once, keep it:', `  ${token.made}`];
}

/** Two lines that work as they stand: a made-up product of a real commune is registered, then the province's cycles are listed. */
function tryLines(url: string, token: AdministratorToken): string[] {
  const secret = typeof token === 'object' ? token.made : token === 'from-variable' ? '$OCOP_ADMIN_TOKEN' : '$OCOP_TOKEN';
  const bearer = `-H "Authorization: Bearer ${secret}"`;
  const registration =
    '{"productName":"Rượu nếp Kim Sơn","producer":{"name":"Hợp tác xã Kim Sơn"},"kind":"new","commune":"Xã Kim Sơn","provinceCode":"37"}';
  return [
    `curl ${bearer} -H 'Content-Type: application/json' -d '${registration}' ${url}/api/cycles`,
    `curl ${bearer} '${url}/api/cycles?province=37'`,
  ];
}
