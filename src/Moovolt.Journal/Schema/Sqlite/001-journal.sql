-- The tables that Akka.Persistence.Sql expects (its auto-initialize is off), tags written as Csv: we use none.
-- Its indexes on created and on sequence_number alone serve no query of ours and are left out.
-- There is one writer at a time, so ordering is the order of commits.
create table journal (
  ordering integer not null primary key autoincrement,
  created integer not null,
  deleted bit not null,
  persistence_id nvarchar(255) not null,
  sequence_number integer not null,
  message varbinary not null,
  tags nvarchar(100),
  manifest nvarchar(500),
  identifier integer,
  writer_uuid nvarchar(128)
);
create unique index journal_uq on journal (persistence_id, sequence_number);

create table snapshot (
  persistence_id nvarchar(255) not null,
  sequence_number integer not null,
  created integer not null,
  snapshot varbinary,
  manifest nvarchar(500),
  serializer_id integer,
  primary key (persistence_id, sequence_number)
);
