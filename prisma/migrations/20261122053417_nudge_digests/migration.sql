-- AlterTable
ALTER TABLE "nudge" ADD COLUMN     "deferred_at" TIMESTAMPTZ(3),
ADD COLUMN     "run_id" TEXT;

-- AlterTable
ALTER TABLE "office" ADD COLUMN     "email_problem" TEXT;

-- AlterTable
ALTER TABLE "outbox_mail" ADD COLUMN     "calendar" TEXT,
ADD COLUMN     "message_id" TEXT,
ADD COLUMN     "repeats" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "email_problem" TEXT;

-- CreateTable
CREATE TABLE "nudge_delivery" (
    "nudge_id" BIGINT NOT NULL,
    "inbox" TEXT NOT NULL,
    "mail_id" BIGINT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "leads" BOOLEAN NOT NULL,

    CONSTRAINT "nudge_delivery_pkey" PRIMARY KEY ("nudge_id","inbox")
);

-- CreateTable
CREATE TABLE "nudge_run" (
    "id" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "planned" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "merged" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "late" INTEGER NOT NULL DEFAULT 0,
    "mails" INTEGER NOT NULL DEFAULT 0,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "troubles" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "nudge_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_template" (
    "id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "nudge_delivery_mail_id_idx" ON "nudge_delivery"("mail_id");

-- CreateIndex
CREATE INDEX "nudge_run_day_idx" ON "nudge_run"("day");

-- CreateIndex
CREATE UNIQUE INDEX "nudge_run_province_code_day_key" ON "nudge_run"("province_code", "day");

-- CreateIndex
CREATE INDEX "nudge_run_id_idx" ON "nudge"("run_id");

-- AddForeignKey
ALTER TABLE "nudge_delivery" ADD CONSTRAINT "nudge_delivery_nudge_id_fkey" FOREIGN KEY ("nudge_id") REFERENCES "nudge"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nudge_delivery" ADD CONSTRAINT "nudge_delivery_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "outbox_mail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
