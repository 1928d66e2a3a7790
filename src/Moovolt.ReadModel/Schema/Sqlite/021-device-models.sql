-- What chargers tell of their components and variables, report by report, and what is known of them in the end.
create table device_reports (
  charge_point text not null,
  number bigint not null,
  parts bigint not null,
  complete boolean not null,
  whole boolean not null,            -- it tells all that there is
  generated_at bigint,
  begun_at bigint not null,
  at bigint not null,
  primary key (charge_point, number)
);

-- The parts of reports that are not complete: nobody is shown these.
create table device_report_variables (
  charge_point text not null,
  number bigint not null,
  part bigint not null,
  place bigint not null,
  variable_key text not null,
  component text not null,
  variable text not null,
  body text not null,
  at bigint not null,
  primary key (charge_point, number, part, place)
);

create table device_variables (
  charge_point text not null,
  variable_key text not null,
  component text not null,
  variable text not null,
  body text not null,
  at bigint not null,
  primary key (charge_point, variable_key)
);
