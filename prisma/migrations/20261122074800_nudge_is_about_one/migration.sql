-- The same rule as a trigger: the schema engine that compares schema and tables cannot read check constraints.
alter table nudge drop constraint nudge_is_about_one;

create function nudge_is_about_one() returns trigger language plpgsql as $$
begin
  if num_nonnulls(new.cycle_id, new.office_code) <> 1 then
    raise exception 'a nudge is about a cycle or about an office' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger nudge_is_about_one before insert or update on nudge for each row execute function nudge_is_about_one();
