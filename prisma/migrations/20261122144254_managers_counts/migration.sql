-- DropIndex
DROP INDEX "cycle_predecessor_id_idx";

-- DropIndex
DROP INDEX "cycle_province_code_stage_last_safe_on_idx";

-- DropIndex
DROP INDEX "cycle_stage_province_code_waiting_for_paused_last_safe_on_s_idx";

-- CreateIndex
CREATE INDEX "cycle_counts_and_order_idx" ON "cycle"("stage", "province_code", "step", "waiting_for", "paused", "last_safe_on", "commune_code", "plan_id", "kind", "stage_entered_at", "commune_officer_id", "province_officer_id", "id");

-- CreateIndex
CREATE INDEX "cycle_province_code_commune_code_kind_id_idx" ON "cycle"("province_code", "commune_code", "kind", "id");

-- CreateIndex
CREATE INDEX "cycle_predecessor_id_stage_cycle_number_id_idx" ON "cycle"("predecessor_id", "stage", "cycle_number", "id");
