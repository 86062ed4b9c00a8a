-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "end_decision" TEXT;

-- CreateTable
CREATE TABLE "ending_decision" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "province_code" TEXT NOT NULL,
    "ground" TEXT,
    "note_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "office_code" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ending_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ending_item" (
    "decision_id" TEXT NOT NULL,
    "certificate_code" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "ground" TEXT,
    "outcome" TEXT NOT NULL,
    "reason_vi" TEXT,
    "reason_en" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ending_item_pkey" PRIMARY KEY ("decision_id","certificate_code")
);

-- CreateTable
CREATE TABLE "task" (
    "id" BIGSERIAL NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "plan_id" TEXT NOT NULL,
    "follow_up_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "office" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "done_on" DATE,
    "done_by" TEXT,
    "done_office" TEXT,
    "note_id" TEXT,
    "document" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ending_decision_province_code_number_signed_on_key" ON "ending_decision"("province_code", "number", "signed_on");

-- CreateIndex
CREATE INDEX "ending_item_certificate_code_idx" ON "ending_item"("certificate_code");

-- CreateIndex
CREATE INDEX "task_status_office_due_on_idx" ON "task"("status", "office", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "task_cycle_id_sequence_follow_up_id_key" ON "task"("cycle_id", "sequence", "follow_up_id");

-- AddForeignKey
ALTER TABLE "ending_item" ADD CONSTRAINT "ending_item_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "ending_decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
