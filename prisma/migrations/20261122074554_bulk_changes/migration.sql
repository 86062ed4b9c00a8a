-- AlterTable
ALTER TABLE "holiday" ADD COLUMN     "entered_by" TEXT;

-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "loaded_by" TEXT,
ADD COLUMN     "reason" TEXT;

-- CreateTable
CREATE TABLE "bulk_change" (
    "id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "chosen_by" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "source_document" TEXT,
    "province_code" TEXT,
    "status" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decider" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,
    "undone_by" TEXT,
    "undoer" JSONB,
    "undo_reason" TEXT,
    "undone_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "trouble" TEXT,

    CONSTRAINT "bulk_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_change_item" (
    "change_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB,
    "nudges" JSONB NOT NULL,
    "reason_vi" TEXT,
    "reason_en" TEXT,
    "sequence" INTEGER,
    "done_at" TIMESTAMPTZ(3),
    "undone_sequence" INTEGER,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_change_item_pkey" PRIMARY KEY ("change_id","cycle_id")
);

-- CreateIndex
CREATE INDEX "bulk_change_status_idx" ON "bulk_change"("status");

-- CreateIndex
CREATE INDEX "bulk_change_proposed_at_idx" ON "bulk_change"("proposed_at");

-- CreateIndex
CREATE INDEX "bulk_change_item_cycle_id_idx" ON "bulk_change_item"("cycle_id");

-- CreateIndex
CREATE INDEX "bulk_change_item_change_id_status_idx" ON "bulk_change_item"("change_id", "status");

-- AddForeignKey
ALTER TABLE "bulk_change_item" ADD CONSTRAINT "bulk_change_item_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "bulk_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
