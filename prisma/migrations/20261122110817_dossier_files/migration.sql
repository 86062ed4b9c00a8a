-- DropIndex
DROP INDEX "document_cycle_id_idx";

-- DropIndex
DROP INDEX "document_sha256_idx";

-- AlterTable
ALTER TABLE "cycle_event" ADD COLUMN     "documents" JSONB;

-- AlterTable
ALTER TABLE "document" DROP CONSTRAINT "document_pkey",
DROP COLUMN "id",
DROP COLUMN "issued_on",
DROP COLUMN "location",
DROP COLUMN "media_type",
DROP COLUMN "number",
DROP COLUMN "recorded_at",
DROP COLUMN "title",
ADD COLUMN     "actor_id" TEXT NOT NULL,
ADD COLUMN     "content" BYTEA NOT NULL,
ADD COLUMN     "office_code" TEXT NOT NULL,
ADD COLUMN     "sequence" INTEGER,
ADD COLUMN     "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
ALTER COLUMN "cycle_id" SET NOT NULL,
ALTER COLUMN "file_name" SET NOT NULL,
ALTER COLUMN "size_bytes" SET NOT NULL,
ALTER COLUMN "sha256" SET NOT NULL,
ADD CONSTRAINT "document_pkey" PRIMARY KEY ("cycle_id", "sha256");

-- CreateIndex
CREATE INDEX "document_sequence_uploaded_at_idx" ON "document"("sequence", "uploaded_at");

-- A file that an event of the dossier names stays as it is; one that waits for its action may be named anew or removed.
create function document_in_history_stays() returns trigger language plpgsql as $$
begin
  raise exception 'file % of % stands in the dossier''s history: % is refused', old.sha256, old.cycle_id, lower(tg_op)
    using errcode = 'restrict_violation',
          hint = 'Tệp đã nằm trong hồ sơ thì không được sửa hay xóa.';
end
$$;

create trigger document_in_history_no_change before update or delete on document
  for each row when (old.sequence is not null) execute function document_in_history_stays();
