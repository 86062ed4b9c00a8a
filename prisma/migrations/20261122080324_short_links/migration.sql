-- CreateTable
CREATE TABLE "short_link" (
    "code" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "short_link_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE UNIQUE INDEX "short_link_path_key" ON "short_link"("path");

-- CreateIndex
CREATE INDEX "cycle_event_name_legal_on_idx" ON "cycle_event"("name", "legal_on");
