-- CreateTable
CREATE TABLE "cycle_event" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "legal_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "from_stage" TEXT,
    "from_step" TEXT,
    "to_stage" TEXT NOT NULL,
    "to_step" TEXT NOT NULL,
    "outcome" TEXT,
    "payload" JSONB NOT NULL,
    "note_id" TEXT,
    "source_document" TEXT,
    "idempotency_key" TEXT,
    "rules_version" TEXT NOT NULL,

    CONSTRAINT "cycle_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pinned_rules" (
    "version" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pinned_rules_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "cycle" (
    "id" TEXT NOT NULL,
    "product_code" TEXT NOT NULL,
    "cycle_number" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "product_set" INTEGER,
    "plan_id" TEXT NOT NULL,
    "regime_id" TEXT NOT NULL,
    "rules_version" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "waiting_for" TEXT,
    "stage_entered_at" TIMESTAMPTZ(3) NOT NULL,
    "step_entered_at" TIMESTAMPTZ(3) NOT NULL,
    "due_kind" TEXT,
    "due_on" DATE,
    "due_operator" TEXT,
    "due_source" TEXT,
    "last_safe_on" DATE,
    "commune_officer_id" TEXT,
    "province_officer_id" TEXT,
    "outcome" TEXT,
    "paused" BOOLEAN NOT NULL,
    "needs_attention" TEXT,
    "star" INTEGER,
    "certificate_code" TEXT,
    "valid_until" DATE,
    "predecessor_id" TEXT,
    "state" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cycle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "producer_id" TEXT NOT NULL,
    "product_set" INTEGER,
    "province_code" TEXT NOT NULL,
    "commune_code" TEXT NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "product_number" (
    "commune_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "product_number_pkey" PRIMARY KEY ("commune_code","year")
);

-- CreateTable
CREATE TABLE "producer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT,
    "commune_code" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,

    CONSTRAINT "producer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "operator" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "quote" TEXT,
    "candidates" JSONB NOT NULL,
    "set_by_sequence" INTEGER NOT NULL,
    "met_on" DATE,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nudge" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_on" DATE NOT NULL,
    "planned_for" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL,
    "reason_vi" TEXT,
    "reason_en" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "mail_id" BIGINT,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_mail" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT,
    "office_code" TEXT,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text_body" TEXT NOT NULL,
    "html_body" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "code" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "product_code" TEXT NOT NULL,
    "number" TEXT,
    "star" INTEGER NOT NULL,
    "issued_on" DATE NOT NULL,
    "valid_until" DATE NOT NULL,
    "extended_until" DATE,
    "decision_number" TEXT,
    "issued_by" TEXT,
    "status" TEXT NOT NULL,
    "ended_on" DATE,
    "decision_id" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "office_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "document_id" TEXT,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score_sheet" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "session_id" TEXT,
    "level" TEXT NOT NULL,
    "criteria_set" TEXT NOT NULL,
    "mean" DECIMAL(5,2) NOT NULL,
    "star" INTEGER,
    "missed_minimums" JSONB NOT NULL,
    "scores" JSONB NOT NULL,
    "scored_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "score_sheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "council_session" (
    "id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "plan_id" TEXT,
    "held_on" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "attendance" JSONB NOT NULL,
    "minutes_id" TEXT,

    CONSTRAINT "council_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" TEXT NOT NULL,
    "cycle_id" TEXT,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "number" TEXT,
    "issued_on" DATE,
    "file_name" TEXT,
    "media_type" TEXT,
    "size_bytes" INTEGER,
    "sha256" TEXT,
    "location" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "holiday" (
    "date" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "holiday_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "administrative_unit" (
    "code" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "province_code" TEXT,
    "successor" TEXT,
    "source" TEXT,

    CONSTRAINT "administrative_unit_pkey" PRIMARY KEY ("code","valid_from")
);

-- CreateTable
CREATE TABLE "office" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "province_code" TEXT,
    "commune_code" TEXT,
    "email" TEXT,
    "phone" TEXT,

    CONSTRAINT "office_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "office_code" TEXT,
    "person_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "token_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("token_id","key")
);

-- CreateTable
CREATE TABLE "import_job" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "plan_id" TEXT,
    "file_name" TEXT,
    "sha256" TEXT NOT NULL,
    "dry_run" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "refusals" JSONB NOT NULL,
    "actor_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refusal_log" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT,
    "action" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "office_code" TEXT,
    "problem" TEXT NOT NULL,
    "detail_vi" TEXT NOT NULL,
    "detail_en" TEXT NOT NULL,
    "refused_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refusal_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cycle_event_recorded_at_idx" ON "cycle_event"("recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_event_cycle_id_sequence_key" ON "cycle_event"("cycle_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_event_cycle_id_idempotency_key_key" ON "cycle_event"("cycle_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "cycle_plan_id_stage_idx" ON "cycle"("plan_id", "stage");

-- CreateIndex
CREATE INDEX "cycle_province_code_stage_last_safe_on_idx" ON "cycle"("province_code", "stage", "last_safe_on");

-- CreateIndex
CREATE INDEX "cycle_commune_code_stage_last_safe_on_idx" ON "cycle"("commune_code", "stage", "last_safe_on");

-- CreateIndex
CREATE INDEX "cycle_waiting_for_last_safe_on_idx" ON "cycle"("waiting_for", "last_safe_on");

-- CreateIndex
CREATE INDEX "cycle_commune_officer_id_idx" ON "cycle"("commune_officer_id");

-- CreateIndex
CREATE INDEX "cycle_province_officer_id_idx" ON "cycle"("province_officer_id");

-- CreateIndex
CREATE INDEX "cycle_valid_until_idx" ON "cycle"("valid_until");

-- CreateIndex
CREATE INDEX "cycle_predecessor_id_idx" ON "cycle"("predecessor_id");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_product_code_cycle_number_key" ON "cycle"("product_code", "cycle_number");

-- CreateIndex
CREATE INDEX "product_producer_id_idx" ON "product"("producer_id");

-- CreateIndex
CREATE INDEX "product_commune_code_name_idx" ON "product"("commune_code", "name");

-- CreateIndex
CREATE UNIQUE INDEX "producer_commune_code_name_key" ON "producer"("commune_code", "name");

-- CreateIndex
CREATE INDEX "deadline_kind_date_idx" ON "deadline"("kind", "date");

-- CreateIndex
CREATE UNIQUE INDEX "deadline_cycle_id_kind_set_by_sequence_key" ON "deadline"("cycle_id", "kind", "set_by_sequence");

-- CreateIndex
CREATE INDEX "nudge_status_planned_for_idx" ON "nudge"("status", "planned_for");

-- CreateIndex
CREATE INDEX "nudge_mail_id_idx" ON "nudge"("mail_id");

-- CreateIndex
CREATE UNIQUE INDEX "nudge_cycle_id_rule_id_subject_subject_on_recipient_key" ON "nudge"("cycle_id", "rule_id", "subject", "subject_on", "recipient");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_mail_key_key" ON "outbox_mail"("key");

-- CreateIndex
CREATE INDEX "outbox_mail_status_not_before_idx" ON "outbox_mail"("status", "not_before");

-- CreateIndex
CREATE INDEX "certificate_cycle_id_idx" ON "certificate"("cycle_id");

-- CreateIndex
CREATE INDEX "certificate_product_code_idx" ON "certificate"("product_code");

-- CreateIndex
CREATE INDEX "certificate_decision_number_idx" ON "certificate"("decision_number");

-- CreateIndex
CREATE INDEX "certificate_decision_id_idx" ON "certificate"("decision_id");

-- CreateIndex
CREATE INDEX "certificate_status_valid_until_idx" ON "certificate"("status", "valid_until");

-- CreateIndex
CREATE UNIQUE INDEX "decision_office_code_number_signed_on_key" ON "decision"("office_code", "number", "signed_on");

-- CreateIndex
CREATE UNIQUE INDEX "score_sheet_idempotency_key_key" ON "score_sheet"("idempotency_key");

-- CreateIndex
CREATE INDEX "score_sheet_cycle_id_idx" ON "score_sheet"("cycle_id");

-- CreateIndex
CREATE INDEX "score_sheet_session_id_idx" ON "score_sheet"("session_id");

-- CreateIndex
CREATE INDEX "council_session_province_code_held_on_idx" ON "council_session"("province_code", "held_on");

-- CreateIndex
CREATE INDEX "document_cycle_id_idx" ON "document"("cycle_id");

-- CreateIndex
CREATE INDEX "document_sha256_idx" ON "document"("sha256");

-- CreateIndex
CREATE INDEX "administrative_unit_province_code_level_idx" ON "administrative_unit"("province_code", "level");

-- CreateIndex
CREATE INDEX "office_province_code_kind_idx" ON "office"("province_code", "kind");

-- CreateIndex
CREATE INDEX "office_commune_code_idx" ON "office"("commune_code");

-- CreateIndex
CREATE INDEX "person_office_code_role_idx" ON "person"("office_code", "role");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_person_id_idx" ON "api_token"("person_id");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- CreateIndex
CREATE INDEX "import_job_sha256_idx" ON "import_job"("sha256");

-- CreateIndex
CREATE INDEX "import_job_started_at_idx" ON "import_job"("started_at");

-- CreateIndex
CREATE INDEX "refusal_log_cycle_id_idx" ON "refusal_log"("cycle_id");

-- CreateIndex
CREATE INDEX "refusal_log_refused_at_idx" ON "refusal_log"("refused_at");

-- AddForeignKey
ALTER TABLE "cycle" ADD CONSTRAINT "cycle_product_code_fkey" FOREIGN KEY ("product_code") REFERENCES "product"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_producer_id_fkey" FOREIGN KEY ("producer_id") REFERENCES "producer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "outbox_mail"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_sheet" ADD CONSTRAINT "score_sheet_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "council_session"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_office_code_fkey" FOREIGN KEY ("office_code") REFERENCES "office"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
