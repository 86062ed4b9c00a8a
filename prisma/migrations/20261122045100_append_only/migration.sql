-- cycle_event is the legal record: rows are added, never changed or removed. Kept so twice: a trigger stops everybody, the owner of the
-- table included, and the application's role has no right to change rows in the first place.

create function cycle_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'cycle_event is append-only: % is refused', lower(tg_op)
    using errcode = 'restrict_violation',
          hint = 'Sổ sự kiện chỉ được ghi thêm, không được sửa hay xóa. Record a correcting event instead.';
end
$$;

create trigger cycle_event_no_change before update or delete on cycle_event
  for each row execute function cycle_event_is_append_only();

create trigger cycle_event_no_truncate before truncate on cycle_event
  for each statement execute function cycle_event_is_append_only();

-- The application's role belongs to the whole cluster: another database, or the shadow database of the drift check, may have made it already.
-- An owner without the right to make roles goes on with the trigger alone.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ocop_app') then
    create role ocop_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise notice 'role ocop_app was not made: this login may not create roles';
end
$$;

do $$
begin
  if exists (select from pg_roles where rolname = 'ocop_app') then
    grant usage on schema public to ocop_app;
    grant select, insert, update, delete on all tables in schema public to ocop_app;
    grant usage, select on all sequences in schema public to ocop_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to ocop_app;
    alter default privileges in schema public grant usage, select on sequences to ocop_app;
    revoke update, delete, truncate on cycle_event, note, pinned_rules from ocop_app;
    if to_regclass('public._prisma_migrations') is not null then
      revoke all on _prisma_migrations from ocop_app;
    end if;
  end if;
end
$$;
