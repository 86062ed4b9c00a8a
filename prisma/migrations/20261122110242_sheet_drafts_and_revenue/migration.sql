-- CreateTable
CREATE TABLE "score_sheet_draft" (
    "session_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "member_code" TEXT NOT NULL,
    "scoring_round" INTEGER NOT NULL,
    "options" JSONB NOT NULL,
    "disqualified" TEXT,
    "asks_meeting" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "score_sheet_draft_pkey" PRIMARY KEY ("session_id","cycle_id","member_code")
);

-- CreateTable
CREATE TABLE "revenue_report" (
    "id" BIGSERIAL NOT NULL,
    "product_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "million_vnd" DECIMAL(12,2) NOT NULL,
    "source_document" TEXT,
    "actor_id" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revenue_report_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "revenue_report_product_code_year_id_idx" ON "revenue_report"("product_code", "year", "id");

-- AddForeignKey
ALTER TABLE "score_sheet_draft" ADD CONSTRAINT "score_sheet_draft_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revenue_report" ADD CONSTRAINT "revenue_report_product_code_fkey" FOREIGN KEY ("product_code") REFERENCES "product"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A draft is its member's own: saved only while the session is open, and gone when it closes, whoever closes it.
create trigger score_sheet_draft_session_open before insert or update on score_sheet_draft for each row execute function session_is_open();

create function drafts_end_with_their_session() returns trigger language plpgsql as $$
begin
  delete from score_sheet_draft where session_id = new.id;
  return null;
end
$$;

create trigger council_session_ends_drafts after update on council_session
  for each row when (new.status = 'closed' and old.status <> 'closed') execute function drafts_end_with_their_session();

-- A reported figure is put right by a later one: rows are added, never changed.
create function revenue_report_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'revenue_report is append-only: % is refused', lower(tg_op) using errcode = 'restrict_violation';
end
$$;

create trigger revenue_report_no_change before update or delete or truncate on revenue_report
  for each statement execute function revenue_report_is_append_only();

do $$
begin
  if exists (select from pg_roles where rolname = 'ocop_app') then
    revoke update, delete, truncate on revenue_report from ocop_app;
  end if;
end
$$;
