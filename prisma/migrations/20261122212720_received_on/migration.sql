-- DropIndex
DROP INDEX "cycle_province_code_commune_code_kind_id_idx";

-- AlterTable
ALTER TABLE "cycle" ADD COLUMN     "received_on" DATE;

-- The records know it already.
UPDATE "cycle" c SET "received_on" = e."legal_on" FROM "cycle_event" e WHERE e."cycle_id" = c."id" AND e."name" = 'submit-dossier';

-- CreateIndex
CREATE INDEX "cycle_province_code_received_on_commune_code_kind_id_idx" ON "cycle"("province_code", "received_on", "commune_code", "kind", "id");
