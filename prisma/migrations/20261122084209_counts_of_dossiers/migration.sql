-- CreateIndex
CREATE INDEX "cycle_stage_province_code_waiting_for_paused_last_safe_on_s_idx" ON "cycle"("stage", "province_code", "waiting_for", "paused", "last_safe_on", "step");
