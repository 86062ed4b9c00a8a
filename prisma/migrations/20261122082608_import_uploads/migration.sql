-- CreateTable
CREATE TABLE "import_upload" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "plan_id" TEXT,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "actor_id" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "job_id" TEXT,

    CONSTRAINT "import_upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_upload_uploaded_at_idx" ON "import_upload"("uploaded_at");
