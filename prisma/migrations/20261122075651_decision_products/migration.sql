-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "actor_id" TEXT NOT NULL,
ADD COLUMN     "authority" TEXT NOT NULL,
ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL;

-- CreateTable
CREATE TABLE "decision_product" (
    "decision_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "star" INTEGER,

    CONSTRAINT "decision_product_pkey" PRIMARY KEY ("decision_id","cycle_id")
);

-- CreateIndex
CREATE INDEX "decision_product_cycle_id_idx" ON "decision_product"("cycle_id");

-- CreateIndex
CREATE INDEX "decision_province_code_signed_on_idx" ON "decision"("province_code", "signed_on");

-- AddForeignKey
ALTER TABLE "decision_product" ADD CONSTRAINT "decision_product_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a decision lists is entered once, with it.
do $$
begin
  if exists (select from pg_roles where rolname = 'ocop_app') then
    revoke update, delete, truncate on decision_product from ocop_app;
    revoke delete, truncate on decision from ocop_app;
  end if;
end
$$;
