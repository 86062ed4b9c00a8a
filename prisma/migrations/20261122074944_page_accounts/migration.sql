-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "person_id" TEXT,
    "role" TEXT NOT NULL,
    "office_code" TEXT,
    "password_hash" TEXT,
    "must_change" BOOLEAN NOT NULL DEFAULT false,
    "subject" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "page_session" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "account_id" TEXT,
    "token_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "device" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "page_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lookup_secret" (
    "cycle_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lookup_secret_pkey" PRIMARY KEY ("cycle_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_login_key" ON "account"("login");

-- CreateIndex
CREATE UNIQUE INDEX "account_subject_key" ON "account"("subject");

-- CreateIndex
CREATE INDEX "account_person_id_idx" ON "account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "page_session_hash_key" ON "page_session"("hash");

-- CreateIndex
CREATE INDEX "page_session_account_id_idx" ON "page_session"("account_id");

-- CreateIndex
CREATE INDEX "page_session_token_id_idx" ON "page_session"("token_id");

-- CreateIndex
CREATE INDEX "page_session_last_seen_at_idx" ON "page_session"("last_seen_at");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_session" ADD CONSTRAINT "page_session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_session" ADD CONSTRAINT "page_session_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "api_token"("id") ON DELETE SET NULL ON UPDATE CASCADE;
