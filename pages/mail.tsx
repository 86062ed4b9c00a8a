/** Mails that were captured on this machine instead of sent. */
import { z } from 'zod';
import { notFound } from '../api/http/problem';
import { listMail, openMail } from '../api/system/captured-mail';
import { moment, number } from './formats';
import { page } from './page';
import { Facts, Note, Panel } from './parts/panel';
import { DataTable, Pager, withQuery } from './parts/tables';

const KEPT_HERE = 'Các thư dưới đây được giữ lại trên máy này, chưa gửi ra ngoài. Đặt SMTP_URL để gửi thật.';

const list = page({
  path: '/thu',
  who: ['administrator'],
  query: z.object({ truoc: z.string().max(130).optional() }),
  async show({ deps, query: { truoc } }) {
    if (deps.mailFolder === undefined) throw notFound();
    const { mails, total, next } = await listMail(deps.mailFolder, truoc);
    return {
      title: 'Thư đã giữ lại',
      lead: total === 0 ? 'Chưa có thư nào.' : `${number(total)} thư, mới nhất trước.`,
      body: (
        <div class="stack">
          <Note>{KEPT_HERE}</Note>
          {total > 0 && (
            <section class="panel" aria-label="Danh sách thư">
              <DataTable
                caption="Thư đã giữ lại, mới nhất trước"
                keyOf={({ id }) => id}
                rows={mails}
                columns={[
                  {
                    title: 'Tiêu đề',
                    cell: ({ id, subject }) => (
                      <a class="pn" href={`/thu/${id}`}>
                        {subject}
                      </a>
                    ),
                  },
                  { title: 'Gửi đến', cell: ({ to }) => to },
                  { title: 'Lúc', cell: ({ sentAt }) => <span class="nw">{sentAt ? moment(sentAt.getTime()) : ''}</span> },
                ]}
              />
              <Pager
                shown={mails.length}
                total={total}
                next={next === null ? null : withQuery('/thu', { truoc: next })}
                first={truoc ? '/thu' : null}
              />
            </section>
          )}
        </div>
      ),
    };
  },
});

const one = page({
  path: '/thu/{id}',
  who: ['administrator'],
  params: z.object({ id: z.string().max(130) }),
  async show({ deps, params: { id } }) {
    if (deps.mailFolder === undefined) throw notFound();
    const mail = await openMail(deps.mailFolder, id);
    return {
      title: mail.subject,
      current: '/thu',
      crumbs: <a href="/thu">Thư đã giữ lại</a>,
      body: (
        <Panel title="Nội dung" id="thu">
          <Facts
            pairs={[
              ['Từ', mail.from],
              ['Gửi đến', mail.to],
              ['Lúc', mail.sentAt && moment(mail.sentAt.getTime())],
              ['Kèm theo', mail.attachments.join(', ') || null],
            ]}
          />
          <pre class="mail">{mail.text}</pre>
        </Panel>
      ),
    };
  },
});

export const MAIL_PAGES = [list, one];
