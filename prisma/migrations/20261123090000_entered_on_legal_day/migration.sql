-- A stage and a step count from the legal day of the event that entered them, not from the day on which it was recorded. The step first: the event that
-- entered it is found by the recorded instant, for an event may enter the same step anew.
UPDATE "cycle" c SET "step_entered_at" = e."legal_on"::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
FROM (
  SELECT DISTINCT ON (x."cycle_id") x."cycle_id", x."legal_on", x."recorded_at"
  FROM "cycle_event" x JOIN "cycle" o ON o."id" = x."cycle_id" AND o."step_entered_at" = x."recorded_at"
  ORDER BY x."cycle_id", (x."from_step" IS DISTINCT FROM x."to_step") DESC, x."sequence" DESC
) e
WHERE e."cycle_id" = c."id" AND (e."recorded_at" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <> e."legal_on";

UPDATE "cycle" c SET "stage_entered_at" = e."legal_on"::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
FROM (
  SELECT DISTINCT ON ("cycle_id") "cycle_id", "legal_on", "recorded_at"
  FROM "cycle_event" WHERE "from_stage" IS DISTINCT FROM "to_stage"
  ORDER BY "cycle_id", "sequence" DESC
) e
WHERE e."cycle_id" = c."id" AND (e."recorded_at" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <> e."legal_on";
