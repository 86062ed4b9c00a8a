-- DropIndex
DROP INDEX "council_session_province_code_held_on_idx";

-- DropIndex
DROP INDEX "score_sheet_idempotency_key_key";

-- DropIndex
DROP INDEX "score_sheet_session_id_idx";

-- AlterTable
ALTER TABLE "council_session" DROP COLUMN "attendance",
DROP COLUMN "level",
DROP COLUMN "minutes_id",
DROP COLUMN "office_code",
DROP COLUMN "province_code",
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closed_on" DATE,
ADD COLUMN     "council_id" TEXT NOT NULL,
ADD COLUMN     "members" JSONB NOT NULL,
ADD COLUMN     "opened_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "place" TEXT,
ADD COLUMN     "procedure" TEXT NOT NULL,
ADD COLUMN     "round_id" TEXT,
ADD COLUMN     "rules" JSONB NOT NULL,
ALTER COLUMN "plan_id" SET NOT NULL;

-- AlterTable
ALTER TABLE "score_sheet" DROP COLUMN "idempotency_key",
DROP COLUMN "mean",
DROP COLUMN "missed_minimums",
DROP COLUMN "recorded_at",
DROP COLUMN "scored_on",
DROP COLUMN "scores",
DROP COLUMN "star",
ADD COLUMN     "actor_id" TEXT NOT NULL,
ADD COLUMN     "asks_meeting" TEXT,
ADD COLUMN     "disqualified" TEXT,
ADD COLUMN     "entered_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "key" TEXT NOT NULL,
ADD COLUMN     "member_code" TEXT NOT NULL,
ADD COLUMN     "office_code" TEXT NOT NULL,
ADD COLUMN     "options" JSONB NOT NULL,
ADD COLUMN     "person_id" TEXT,
ADD COLUMN     "scoring_round" INTEGER NOT NULL,
ADD COLUMN     "source" TEXT NOT NULL,
ADD COLUMN     "total" INTEGER NOT NULL,
ADD COLUMN     "version" INTEGER NOT NULL,
DROP COLUMN "criteria_set",
ADD COLUMN     "criteria_set" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "council" (
    "id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "decision_number" TEXT NOT NULL,
    "decision_on" DATE NOT NULL,
    "term_from" DATE NOT NULL,
    "term_to" DATE NOT NULL,
    "rules_id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "council_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "council_member" (
    "council_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scores" BOOLEAN NOT NULL,
    "position" TEXT,
    "decision_number" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,

    CONSTRAINT "council_member_pkey" PRIMARY KEY ("council_id","code")
);

-- CreateTable
CREATE TABLE "session_dossier" (
    "session_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "open_cycle_id" TEXT,
    "place" INTEGER NOT NULL,
    "product_set" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "scoring_round" INTEGER NOT NULL DEFAULT 1,
    "handed_over_on" DATE,
    "reason" TEXT,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_dossier_pkey" PRIMARY KEY ("session_id","cycle_id")
);

-- CreateTable
CREATE TABLE "chair_delegation" (
    "id" BIGSERIAL NOT NULL,
    "session_id" TEXT NOT NULL,
    "cycle_id" TEXT,
    "to_code" TEXT NOT NULL,
    "document_number" TEXT,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chair_delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interest_declaration" (
    "id" BIGSERIAL NOT NULL,
    "session_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "member_code" TEXT NOT NULL,
    "interest" BOOLEAN NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interest_declaration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "council_result" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "session_id" TEXT,
    "level" TEXT NOT NULL,
    "rules_id" TEXT NOT NULL,
    "criteria_set" INTEGER,
    "scoring_round" INTEGER NOT NULL,
    "sum" INTEGER,
    "members" INTEGER NOT NULL,
    "mean" TEXT,
    "band" INTEGER,
    "star" INTEGER,
    "spread" INTEGER,
    "missed_minimums" JSONB NOT NULL,
    "route" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "computed_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "council_result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "council_event" (
    "id" BIGSERIAL NOT NULL,
    "council_id" TEXT NOT NULL,
    "session_id" TEXT,
    "cycle_id" TEXT,
    "name" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "legal_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "reason" TEXT,
    "source_document" TEXT,

    CONSTRAINT "council_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "council_province_code_decision_number_decision_on_key" ON "council"("province_code", "decision_number", "decision_on");

-- CreateIndex
CREATE INDEX "council_member_person_id_idx" ON "council_member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_dossier_open_cycle_id_key" ON "session_dossier"("open_cycle_id");

-- CreateIndex
CREATE INDEX "session_dossier_cycle_id_idx" ON "session_dossier"("cycle_id");

-- CreateIndex
CREATE INDEX "chair_delegation_session_id_idx" ON "chair_delegation"("session_id");

-- CreateIndex
CREATE INDEX "interest_declaration_session_id_cycle_id_idx" ON "interest_declaration"("session_id", "cycle_id");

-- CreateIndex
CREATE INDEX "council_result_session_id_idx" ON "council_result"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "council_result_cycle_id_key_key" ON "council_result"("cycle_id", "key");

-- CreateIndex
CREATE INDEX "council_event_council_id_id_idx" ON "council_event"("council_id", "id");

-- CreateIndex
CREATE INDEX "council_event_session_id_id_idx" ON "council_event"("session_id", "id");

-- CreateIndex
CREATE INDEX "council_event_cycle_id_idx" ON "council_event"("cycle_id");

-- CreateIndex
CREATE INDEX "council_session_council_id_held_on_idx" ON "council_session"("council_id", "held_on");

-- CreateIndex
CREATE UNIQUE INDEX "score_sheet_session_id_cycle_id_member_code_scoring_round_v_key" ON "score_sheet"("session_id", "cycle_id", "member_code", "scoring_round", "version");

-- CreateIndex
CREATE UNIQUE INDEX "score_sheet_cycle_id_member_code_key_key" ON "score_sheet"("cycle_id", "member_code", "key");

-- AddForeignKey
ALTER TABLE "council_member" ADD CONSTRAINT "council_member_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "council_member" ADD CONSTRAINT "council_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "council_session" ADD CONSTRAINT "council_session_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_dossier" ADD CONSTRAINT "session_dossier_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chair_delegation" ADD CONSTRAINT "chair_delegation_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest_declaration" ADD CONSTRAINT "interest_declaration_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "council_result" ADD CONSTRAINT "council_result_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "council_event" ADD CONSTRAINT "council_event_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a council did is added to, never changed: rights and triggers both, as for cycle_event.
create function council_records_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;

create trigger score_sheet_no_change before update or delete or truncate on score_sheet
  for each statement execute function council_records_are_append_only();
create trigger council_result_no_change before update or delete or truncate on council_result
  for each statement execute function council_records_are_append_only();
create trigger council_event_no_change before update or delete or truncate on council_event
  for each statement execute function council_records_are_append_only();
create trigger interest_declaration_no_change before update or delete or truncate on interest_declaration
  for each statement execute function council_records_are_append_only();
create trigger chair_delegation_no_change before update or delete or truncate on chair_delegation
  for each statement execute function council_records_are_append_only();

-- After a session closed nobody edits: its row stays as it is, and nothing more is entered in it.
create function closed_session_stays() returns trigger language plpgsql as $$
begin
  if old.status = 'closed' then
    raise exception 'session % is closed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger council_session_closed_stays before update or delete on council_session
  for each row execute function closed_session_stays();

create function session_is_open() returns trigger language plpgsql as $$
begin
  if exists (select from council_session where id = new.session_id and status = 'closed') then
    raise exception 'session % is closed', new.session_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;

create trigger score_sheet_session_open before insert on score_sheet for each row execute function session_is_open();
create trigger interest_declaration_session_open before insert on interest_declaration for each row execute function session_is_open();
create trigger chair_delegation_session_open before insert on chair_delegation for each row execute function session_is_open();
create trigger session_dossier_session_open before insert or update on session_dossier for each row execute function session_is_open();

do $$
begin
  if exists (select from pg_roles where rolname = 'ocop_app') then
    revoke update, delete, truncate on score_sheet, council_result, council_event, interest_declaration, chair_delegation from ocop_app;
  end if;
end
$$;
