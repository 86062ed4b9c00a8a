/** Figures for Prometheus, counted from the records when they are asked for, so that every process tells the same. */
import { Gauge, Registry } from 'prom-client';
import type { ApiDeps } from '../deps';
import { openRoute } from '../http/route';
import { lateDigests } from './runs';

interface Count {
  label: string;
  count: number;
}

const DAY_MS = 86_400_000;

/** The figures as a registry of its own: nothing is kept between two requests. */
export async function digestMetrics(deps: Pick<ApiDeps, 'db' | 'clock' | 'calendar' | 'today' | 'units'>): Promise<Registry> {
  const { db, clock } = deps;
  const now = new Date(clock.now());
  const yesterday = new Date(clock.now() - DAY_MS);
  const registers = [new Registry()];
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name, help, labelNames, registers });

  const nudges = gauge('ocop_nudges', 'Ledger rows by what became of them', ['result']);
  for (const { label, count } of await db.$queryRaw<Count[]>`select status as label, count(*)::int as count from nudge group by 1`)
    nudges.set({ result: label }, count);

  const mails = gauge('ocop_digest_mails', 'Digest mails by status', ['status']);
  for (const { label, count } of await db.$queryRaw<
    Count[]
  >`select status as label, count(*)::int as count from outbox_mail where kind = 'digest' group by 1`)
    mails.set({ status: label }, count);

  const repeats = gauge('ocop_digest_mail_repeats', 'Mails tried again after a try that may have reached the server');
  const [repeated] = await db.$queryRaw<
    { count: number }[]
  >`select coalesce(sum(repeats), 0)::int as count from outbox_mail where kind = 'digest'`;
  repeats.set(repeated?.count ?? 0);

  const latency = gauge('ocop_mail_latency_seconds', 'From the first try of a digest mail to its acceptance, last 24 hours', ['quantile']);
  const [seconds] = await db.$queryRaw<{ p50: number | null; p95: number | null; most: number | null }[]>`
    select percentile_cont(0.5) within group (order by s) as p50, percentile_cont(0.95) within group (order by s) as p95, max(s) as most
    from (select extract(epoch from sent_at - created_at)::float8 as s from outbox_mail
      where kind = 'digest' and sent_at > ${yesterday} and sent_at <= ${now}) x`;
  for (const [quantile, value] of [
    ['0.5', seconds?.p50],
    ['0.95', seconds?.p95],
    ['1', seconds?.most],
  ] as const)
    if (typeof value === 'number') latency.set({ quantile }, value);

  const age = gauge('ocop_digest_age_seconds', 'Since the last digest run of a province finished', ['province']);
  const ages = await db.$queryRaw<Count[]>`
    select province_code as label, extract(epoch from ${now}::timestamptz - max(finished_at))::int as count from nudge_run where finished_at is not null group by 1`;
  for (const { label, count } of ages) age.set({ province: label }, count);

  const late = gauge('ocop_digest_late', '1 when a province’s digest of today has not finished by 08:30', ['province']);
  for (const province of await lateDigests(deps)) late.set({ province }, 1);

  const overdue = gauge('ocop_overdue_dossiers', 'Dossiers past their limit by stage', ['stage']);
  const overdueRows = await db.$queryRaw<Count[]>`
    select stage as label, count(*)::int as count from cycle
    where not paused and stage <> 'closed' and waiting_for is not null and last_safe_on < ${deps.today()}::date group by 1`;
  for (const { label, count } of overdueRows) overdue.set({ stage: label }, count);
  return registers[0] ?? new Registry();
}

export const metrics = openRoute({
  method: 'get',
  path: '/metrics',
  tag: 'Hệ thống',
  summary: { vi: 'Số liệu cho Prometheus', en: 'Figures for Prometheus' },
  description: { vi: 'Chỉ có số đếm, không có dữ liệu cá nhân.', en: 'Counts only, no personal data.' },
  answer: { status: 200, description: { vi: 'Văn bản dạng Prometheus', en: 'Prometheus text' } },
  async handler({ deps }) {
    const registry = await digestMetrics(deps);
    return { text: { type: registry.contentType, content: await registry.metrics() } };
  },
});
