-- AlterTable
ALTER TABLE "nudge" ADD COLUMN     "office_code" TEXT,
ALTER COLUMN "cycle_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'vi';

-- CreateTable
CREATE TABLE "report_submission" (
    "office_code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_on" DATE NOT NULL,
    "submitted_on" DATE NOT NULL,
    "actor_id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_submission_pkey" PRIMARY KEY ("office_code","subject","subject_on")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "support_need" (
    "cycle_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "support_need_pkey" PRIMARY KEY ("cycle_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_hash_key" ON "calendar_feed"("hash");

-- CreateIndex
CREATE INDEX "calendar_feed_office_code_idx" ON "calendar_feed"("office_code");

-- CreateIndex
CREATE UNIQUE INDEX "nudge_office_code_rule_id_subject_subject_on_recipient_key" ON "nudge"("office_code", "rule_id", "subject", "subject_on", "recipient");

-- A nudge is about a cycle or about what an office owes, never both.
ALTER TABLE "nudge" ADD CONSTRAINT "nudge_is_about_one" CHECK (num_nonnulls("cycle_id", "office_code") = 1);
