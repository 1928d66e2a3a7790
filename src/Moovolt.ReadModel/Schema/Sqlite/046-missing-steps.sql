-- Which steps of a transaction have not come, of chargers that number them: JSON, [{"from":…,"to":…}].
alter table annotations add column gaps text;
