/** The frame of every page: letterhead for print, navigation by role, one h1, when the figures are of. */
import type { VNode } from 'preact';
import type { Session } from '../api/auth/sessions';
import type { ApiDeps } from '../api/deps';
import { FAVICON, FIRST_FONTS, STYLESHEET } from './assets';
import { longDay, timeOfDay, wordyDay } from './formats';
import type { Entry } from './navigation';
import type { View } from './page';
import { Form, REFUSAL_ID } from './parts/forms';
import { Icon, Sprite } from './parts/icons';
import { inSentence, ROLE_TITLES } from './words';

export interface Frame {
  deps: Pick<ApiDeps, 'clock' | 'today' | 'units'>;
  session: Session | undefined;
  /** Entries that this person may open. */
  main: readonly Entry[];
  more: readonly Entry[];
  /** Path of the page. */
  path: string;
  notice: string | undefined;
  /** A form was refused and stands on the page again, perhaps far down. */
  isRefused: boolean;
  formKey: string;
}

/** The whole document of a view. */
export function layout(view: View, frame: Frame): VNode {
  const { session, deps } = frame;
  return (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${frame.isRefused ? 'Lỗi: ' : ''}${view.title} – Theo dõi chu trình OCOP`}</title>
        {FIRST_FONTS.map((font) => (
          <link key={font} rel="preload" href={font} as="font" type="font/woff2" crossOrigin="anonymous" />
        ))}
        <link rel="stylesheet" href={STYLESHEET} />
        <link rel="icon" href={FAVICON} type="image/svg+xml" />
      </head>
      <body>
        <Sprite />
        <a class="skip" href="#noi-dung">
          Bỏ qua đến nội dung
        </a>
        <Top view={view} frame={frame} />
        <main id="noi-dung" class={view.narrow ? 'narrow' : undefined} tabIndex={-1}>
          {session && <Letterhead session={session} deps={deps} />}
          {view.crumbs && <p class="crumbs">{view.crumbs}</p>}
          {frame.notice && (
            <div class="note note--ok gap-b no-print" role="status">
              {frame.notice}
            </div>
          )}
          {frame.isRefused && !view.narrow && (
            <p class="note note--late gap-b no-print">
              <b>Chưa ghi nhận.</b> <a href={`#${REFUSAL_ID}`}>Xem chỗ cần sửa</a>
            </p>
          )}
          <div class="head">
            <div>
              <h1>{view.title}</h1>
              {view.lead && <p class="lead">{view.lead}</p>}
            </div>
            {view.tools && <div class="tools">{view.tools}</div>}
          </div>
          {view.body}
          {view.signatures && <Signatures />}
        </main>
        <footer class="foot">
          <span>
            Số liệu lúc {timeOfDay(deps.clock.now())}, {longDay(deps.today())} (giờ Việt Nam)
          </span>
          <a href="/tra-cuu">Tra cứu hồ sơ bằng mã trên giấy tiếp nhận</a>
        </footer>
      </body>
    </html>
  );
}

function Top({ view, frame }: { view: View; frame: Frame }): VNode {
  const { session, main, more, deps } = frame;
  const current = view.current ?? frame.path;
  const marked = ({ path }: Entry): 'page' | 'true' | undefined => (path !== current ? undefined : path === frame.path ? 'page' : 'true');
  const link = (entry: Entry): VNode => (
    <a href={entry.path} aria-current={marked(entry)}>
      {entry.title}
    </a>
  );
  return (
    <header class="top">
      <div class="top__in">
        <a class="brand" href="/">
          <b>Theo dõi chu trình OCOP</b>
          <span>{session ? `${placeOf(session, deps)} · Mùa ${deps.today().slice(0, 4)}` : 'Mỗi xã một sản phẩm'}</span>
        </a>
        {session && (
          <>
            <nav class="nav" aria-label="Chức năng">
              {main.map(link)}
              {more.length > 0 && (
                <details class="more">
                  <summary>Khác</summary>
                  <ul>
                    {more.map((entry) => (
                      <li key={entry.path}>{link(entry)}</li>
                    ))}
                  </ul>
                </details>
              )}
            </nav>
            <div class="who">
              <b>{session.name}</b>
              <span>{inSentence(session.officeName ?? ROLE_TITLES[session.caller.role])}</span>
              <SignOut frame={frame} session={session} />
            </div>
            <details class="menu">
              <summary>
                <Icon name="menu" />
                Danh mục
              </summary>
              <div>
                <ul>
                  {[...main, ...more].map((entry) => (
                    <li key={entry.path}>{link(entry)}</li>
                  ))}
                </ul>
                <p class="menu__who">
                  {session.name}, {roleAndOffice(session)}
                </p>
                <SignOut frame={frame} session={session} />
              </div>
            </details>
          </>
        )}
      </div>
    </header>
  );
}

function SignOut({ frame, session }: { frame: Frame; session: Session }): VNode {
  return (
    <Form call={{ csrf: session.csrf, formKey: frame.formKey }} action="/dang-xuat" class="who__do">
      <button type="submit" class="link">
        Đăng xuất
      </button>
    </Form>
  );
}

/** The unit that somebody works for, as far as they belong to one. */
function placeOf({ caller: { actor } }: Session, { units }: Frame['deps']): string {
  const code = actor.communeCode ?? actor.provinceCode;
  return (code === null ? undefined : units.byCode(code)?.fullName) ?? 'Toàn quốc';
}

const roleAndOffice = ({ caller, officeName }: Session): string =>
  [ROLE_TITLES[caller.role], officeName && inSentence(officeName)].filter(Boolean).join(' · ');

/** As Decree 30/2020 heads a paper: the office under its superior, the country beside it, place and day beneath. */
function Letterhead({ session, deps }: { session: Session; deps: Frame['deps'] }): VNode {
  const { provinceCode, communeCode } = session.caller.actor;
  const province = provinceCode === null ? undefined : deps.units.byCode(provinceCode);
  const commune = communeCode === null ? undefined : deps.units.byCode(communeCode);
  const superior = province ? `UBND ${province.fullName}` : 'Chương trình OCOP';
  return (
    <div class="letterhead only-print">
      <div>
        {superior.toUpperCase()}
        <br />
        <b class="u">{(session.officeName ?? ROLE_TITLES[session.caller.role]).toUpperCase()}</b>
      </div>
      <div>
        <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>
        <br />
        <b class="u">Độc lập - Tự do - Hạnh phúc</b>
      </div>
      <div class="place">{[(commune ?? province)?.name, wordyDay(deps.today())].filter(Boolean).join(', ')}</div>
    </div>
  );
}

function Signatures(): VNode {
  return (
    <div class="sign only-print">
      <p>
        <b>NGƯỜI LẬP</b>
        <br />
        <i>(Ký, ghi rõ họ tên)</i>
      </p>
      <p>
        <b>THỦ TRƯỞNG ĐƠN VỊ</b>
        <br />
        <i>(Ký, đóng dấu, ghi rõ họ tên)</i>
      </p>
    </div>
  );
}
