-- Views for DuckDB over the Parquet files that sayso writes. Make the files, then read this one:
--
--   sayso quotes corpus -o quotes.parquet
--   sayso trace  corpus -o traces.parquet
--   sayso check  corpus -o checks.parquet
--   duckdb -init examples/sql/views.sql

CREATE OR REPLACE VIEW quotes AS SELECT * FROM 'quotes.parquet';
CREATE OR REPLACE VIEW traces AS SELECT * FROM 'traces.parquet';
CREATE OR REPLACE VIEW checks AS SELECT * FROM 'checks.parquet';

-- Who is quoted most: quotations whose speaker is known, those of the headline that the story repeats left out.
CREATE OR REPLACE VIEW most_quoted AS
SELECT speaker.name AS name,
       count(*) AS quotations,
       count(DISTINCT doc) AS documents,
       count(*) FILTER (confidence = 'high') AS sure
FROM quotes
WHERE speaker IS NOT NULL AND same_as IS NULL
GROUP BY ALL
ORDER BY quotations DESC, name;

-- How faithful each outlet is: of the passages whose source was found, how many are altered or spliced.
CREATE OR REPLACE VIEW altered_by_outlet AS
SELECT coalesce(publisher, doc) AS outlet,
       count(*) AS passages,
       count(*) FILTER (statement IS NOT NULL) AS found,
       count(*) FILTER (relation IN ('altered', 'spliced')) AS altered,
       round(100.0 * altered / nullif(found, 0), 1) AS altered_percent
FROM traces
GROUP BY ALL
ORDER BY altered DESC, outlet;

-- Each official figure and how coverage wrote it: what drifted on the way. Verdicts without a source are left out.
CREATE OR REPLACE VIEW figure_drift AS
SELECT evidence[1].doc AS statement,
       coalesce(evidence[1].span.text, evidence[1].value) AS official,
       span.text AS written,
       doc,
       verdict,
       relation,
       confidence
FROM checks
WHERE verdict IN ('contradicted', 'conflicting', 'supported')
ORDER BY statement, official, doc, span.start;
