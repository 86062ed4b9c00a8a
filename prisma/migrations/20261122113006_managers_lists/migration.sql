-- DropIndex
DROP INDEX "cycle_event_name_legal_on_idx";

-- CreateIndex
CREATE INDEX "cycle_stage_stage_entered_at_province_code_idx" ON "cycle"("stage", "stage_entered_at", "province_code");

-- CreateIndex
CREATE INDEX "cycle_needs_attention_idx" ON "cycle"("needs_attention");

-- CreateIndex
CREATE INDEX "cycle_event_name_legal_on_recorded_at_cycle_id_sequence_idx" ON "cycle_event"("name", "legal_on", "recorded_at", "cycle_id", "sequence");

-- CreateIndex
CREATE INDEX "nudge_planned_for_id_idx" ON "nudge"("planned_for", "id");
